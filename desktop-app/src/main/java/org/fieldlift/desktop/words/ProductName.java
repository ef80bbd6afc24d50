package org.fieldlift.desktop.words;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.fieldlift.io.PlainText;

/// What people call a product whose path is `git.example.org/lab/species-atlas`: Species Atlas.
public final class ProductName {
  private ProductName() {}

  /// The last name of the path, each word with a capital; foreign characters made plain.
  public static String of(String path) {
    String last = path.substring(path.lastIndexOf('/') + 1);
    String name =
        Arrays.stream(last.split("[-_ ]+"))
            .filter(word -> !word.isEmpty())
            .map(ProductName::capital)
            .collect(Collectors.joining(" "));
    return PlainText.of(name.isEmpty() ? path : name);
  }

  /// The platform without what all of them share: `linux/arm64` is "arm64".
  public static String platform(String platform) {
    return PlainText.of(platform.startsWith("linux/") ? platform.substring(6) : platform);
  }

  private static String capital(String word) {
    int first = word.codePointAt(0);
    return Character.toString(Character.toTitleCase(first))
        + word.substring(Character.charCount(first));
  }
}
