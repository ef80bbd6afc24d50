package org.fieldlift.oci;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;

/// An operating system and a processor, in containerd's normal form: `arm64/v8` is `arm64`, `arm`
/// is `arm/v7`, `x86_64` is `amd64`.
///
/// @param variant empty when the architecture has no other or it is the usual one
/// @see <a href="https://github.com/containerd/platforms">containerd/platforms</a>
public record Platform(String os, String architecture, String variant) {
  private static final Pattern TEXT =
      Pattern.compile("([a-z0-9]{1,20})/([a-z0-9_]{1,20})(?:/([a-z0-9.]{1,20}))?");
  private static final Pattern VERSION = Pattern.compile("v?(\\d)");
  private static final Map<String, String> ALIASES =
      Map.of("x86_64", "amd64", "x86-64", "amd64", "aarch64", "arm64", "i386", "386");
  private static final int USUAL_ARM = 7;
  private static final int LOWEST_ARM = 5;
  private static final int ARM_OF_ARM64 = 8;

  public Platform {
    String given = architecture;
    architecture = ALIASES.getOrDefault(given, given);
    variant = VERSION.matcher(variant).replaceFirst("v$1");
    if (given.equals("armhf")) variant = "v" + USUAL_ARM;
    if (given.equals("armel")) variant = "v6";
    if (given.equals("armhf") || given.equals("armel")) architecture = "arm";
    if (architecture.equals("arm64") && variant.equals("v8")) variant = "";
    if (architecture.equals("amd64") && variant.equals("v1")) variant = "";
    if (architecture.equals("arm") && variant.isEmpty()) variant = "v" + USUAL_ARM;
  }

  /// @throws Problem of kind USAGE when it is not `os/architecture` or `os/architecture/variant`
  public static Platform parse(String text) throws Problem {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      throw Problem.usage(
          "\"" + PlainText.of(text) + "\" is not a platform.",
          "Write it like linux/arm64, linux/amd64 or linux/arm/v7.");
    }
    String variant = parts.group(3);
    return new Platform(parts.group(1), parts.group(2), variant == null ? "" : variant);
  }

  /// What runs on this platform, best first.
  public List<Platform> runs() {
    List<Platform> all = new ArrayList<>();
    all.add(this);
    switch (architecture) {
      case "amd64" -> {
        older(variant, 1).forEach(all::add);
        all.add(new Platform(os, "386", ""));
      }
      case "arm" -> older(variant, LOWEST_ARM).forEach(all::add);
      case "arm64" -> all.addAll(new Platform(os, "arm", "v" + ARM_OF_ARM64).runs());
      default -> {}
    }
    return all;
  }

  private Stream<Platform> older(String variant, int lowest) {
    Matcher version = VERSION.matcher(variant);
    if (!version.matches()) return Stream.empty();
    int own = Integer.parseInt(version.group(1));
    return IntStream.iterate(own - 1, older -> older >= lowest, older -> older - 1)
        .mapToObj(older -> new Platform(os, architecture, "v" + older));
  }

  @Override
  public String toString() {
    return os + "/" + architecture + (variant.isEmpty() ? "" : "/" + variant);
  }
}
