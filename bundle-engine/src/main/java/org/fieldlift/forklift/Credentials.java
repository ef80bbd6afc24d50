package org.fieldlift.forklift;

import java.util.regex.Pattern;

/// User names and passwords in addresses.
final class Credentials {
  /// `//user:password@` up to the last `@` before the path; `ssh://git@` tells no secret.
  private static final Pattern IN_ADDRESS =
      Pattern.compile("(?i)(?<![a-z0-9+.-])([a-z][a-z0-9+.-]*://)(?!git@)[^/\\s?#'\"]*@");

  private Credentials() {}

  static boolean areIn(String text) {
    return IN_ADDRESS.matcher(text).find();
  }

  static String removed(String text) {
    return IN_ADDRESS.matcher(text).replaceAll("$1");
  }
}
