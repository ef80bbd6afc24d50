package org.fieldlift.forklift.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// A repository's `config`: settings in their order. Git itself takes the file apart; other files
/// that it includes are not read.
public record GitConfig(List<Setting> settings) {
  private static final Pattern BARE = Pattern.compile("[A-Za-z0-9/:+*._@-]+");

  /// @param key as git lists it (`remote.origin.url`); the middle may hold dots
  public record Setting(String key, String value) {
    public String section() {
      return key.substring(0, key.indexOf('.'));
    }

    /// The middle of the key; "" when it has none.
    public String subsection() {
      int first = key.indexOf('.');
      int last = key.lastIndexOf('.');
      return first == last ? "" : key.substring(first + 1, last);
    }

    public String name() {
      return key.substring(key.lastIndexOf('.') + 1);
    }

    private String header() {
      String inner = subsection().replace("\\", "\\\\").replace("\"", "\\\"");
      return inner.isEmpty() ? "[" + section() + "]" : "[" + section() + " \"" + inner + "\"]";
    }

    private String line() {
      String escaped =
          value
              .replace("\\", "\\\\")
              .replace("\"", "\\\"")
              .replace("\n", "\\n")
              .replace("\t", "\\t");
      String shown = BARE.matcher(value).matches() ? value : '"' + escaped + '"';
      return "\t" + name() + " = " + shown;
    }
  }

  public GitConfig {
    settings = List.copyOf(settings);
  }

  /// @throws org.fieldlift.io.Problem when git cannot read the file
  public static GitConfig read(Path file) throws IOException {
    List<Setting> settings = new ArrayList<>();
    String all =
        Git.anywhere()
            .answer("config", "--file", file.toAbsolutePath().toString(), "--null", "--list");
    for (String entry : all.split("\0")) {
      int line = entry.indexOf('\n');
      String key = line < 0 ? entry : entry.substring(0, line);
      if (key.indexOf('.') < 0) continue;
      settings.add(new Setting(key, line < 0 ? "true" : entry.substring(line + 1)));
    }
    return new GitConfig(settings);
  }

  /// Those settings alone, in their order.
  public GitConfig only(Predicate<Setting> wanted) {
    return new GitConfig(settings.stream().filter(wanted).toList());
  }

  /// With one more at its end.
  public GitConfig and(String key, String value) {
    List<Setting> more = new ArrayList<>(settings);
    more.add(new Setting(key, value));
    return new GitConfig(more);
  }

  /// The file that git reads the same from.
  public byte[] bytes() {
    StringBuilder text = new StringBuilder();
    String open = "";
    for (Setting setting : settings) {
      if (!setting.header().equals(open)) text.append(setting.header()).append('\n');
      open = setting.header();
      text.append(setting.line()).append('\n');
    }
    return text.toString().getBytes(UTF_8);
  }
}
