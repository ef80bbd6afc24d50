import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Checks (`check DIR`) or rewrites (`apply DIR`) the layout of every Java source below a folder. A
/// program of its own because Maven runs on JDK 17 and the formatter needs the toolchain's JDK.
class Format {
  public static void main(String[] args) throws Exception {
    boolean apply = args[0].equals("apply");
    Formatter formatter = new Formatter(JavaFormatterOptions.builder().build());
    List<Path> sources;
    try (var files = Files.walk(Path.of(args[1]))) {
      sources =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .filter(file -> !file.toString().contains("/target/"))
              .sorted()
              .toList();
    }
    int wrong = 0;
    for (Path source : sources) {
      String text = Files.readString(source);
      String formatted;
      try {
        formatted = formatter.formatSourceAndFixImports(text);
      } catch (FormatterException e) {
        System.out.println("not Java: " + source + ": " + e.getMessage());
        wrong++;
        continue;
      }
      if (formatted.equals(text)) continue;
      wrong++;
      System.out.println((apply ? "formatted " : "not formatted: ") + source);
      if (apply) Files.writeString(source, formatted);
    }
    if (wrong > 0 && !apply) {
      System.out.println("Run `tools/format apply` and commit the result.");
      System.exit(1);
    }
  }
}
