package org.fieldlift.source;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.fieldlift.http.ShownAddress;
import org.fieldlift.io.AtomicFiles;
import org.fieldlift.io.Fields;
import org.fieldlift.io.Json;
import org.fieldlift.io.Limits;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Turn;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The sources of a station, kept in one small file.
public final class SourceList {
  public static final String SCHEMA = "fieldlift.sources/1";

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 ._-]*");
  private static final int LONGEST_NAME = 60;
  private static final int LONGEST_LOCATION = 2000;
  private static final int LARGEST_JSON = 1 << 20;

  private final Path file;

  private SourceList(Path file) {
    this.file = file;
  }

  /// @param file made when the first source is added
  public static SourceList open(Path file) {
    return new SourceList(file);
  }

  /// The sources, in the order they were added. Nothing is asked of them yet.
  public synchronized List<Source> list() throws IOException {
    if (!Files.exists(file)) return List.of();
    Fields fields = Fields.read(Limits.readFile(file, LARGEST_JSON), file.toString());
    fields.requireSchema(SCHEMA);
    List<Source> sources = new ArrayList<>();
    for (Fields source : fields.objects("sources")) {
      sources.add(source(source.text("name"), source.text("location")));
    }
    return List.copyOf(sources);
  }

  /// The source of this name.
  public Optional<Source> find(String name) throws IOException {
    return list().stream().filter(source -> source.name().equals(name)).findFirst();
  }

  /// Adds a source, durable when this returns.
  ///
  /// @param location a folder's path, or the http(s) URL of a folder with an `index.json`
  /// @throws Problem of kind USAGE when the name is taken or the location is neither
  public synchronized Source add(String name, String location) throws IOException {
    try (Turn _ = Turn.take(file)) {
      return added(name, location);
    }
  }

  private Source added(String name, String location) throws IOException {
    List<Source> sources = new ArrayList<>(list());
    if (sources.stream().anyMatch(source -> source.name().equalsIgnoreCase(name))) {
      throw Problem.usage(
          "There is a source called " + PlainText.of(name) + " already.", "Choose another name.");
    }
    Source source = source(name, location);
    sources.add(source);
    write(sources);
    return source;
  }

  /// Forgets a source; releases that came from it stay.
  ///
  /// @return false when there was none of that name
  public synchronized boolean remove(String name) throws IOException {
    try (Turn _ = Turn.take(file)) {
      List<Source> sources = new ArrayList<>(list());
      if (!sources.removeIf(source -> source.name().equals(name))) return false;
      write(sources);
      return true;
    }
  }

  private static Source source(String name, String location) throws Problem {
    if (name.length() > LONGEST_NAME || !NAME.matcher(name).matches()) {
      throw Problem.usage(
          "\"" + PlainText.of(name) + "\" cannot be the name of a source.",
          "Use up to " + LONGEST_NAME + " letters, digits, spaces and . _ -");
    }
    if (location.isBlank() || location.length() > LONGEST_LOCATION) throw nowhere(location);
    if (!location.matches("(?i)[a-z][a-z0-9+.-]+:.*")) {
      return new FolderSource(name, Path.of(location).toAbsolutePath().normalize());
    }
    return HttpSource.at(name, base(location));
  }

  /// The folder a URL means, with a `/` at its end.
  private static URI base(String location) throws Problem {
    String folder = location.replaceFirst("/index\\.json$", "/");
    try {
      URI uri = URI.create(folder.endsWith("/") ? folder : folder + "/").normalize();
      String scheme = String.valueOf(uri.getScheme());
      boolean isWeb = scheme.equalsIgnoreCase("https") || scheme.equalsIgnoreCase("http");
      boolean isPlain = uri.getRawQuery() == null && uri.getRawFragment() == null;
      if (uri.getRawUserInfo() != null) {
        throw Problem.usage(
            "The address of a source must not hold a password.",
            "It would be kept and shown in plain text; releases need no secrecy.");
      }
      if (isWeb && isPlain && uri.getHost() != null) return uri;
    } catch (IllegalArgumentException e) {
      throw nowhere(location);
    }
    throw nowhere(location);
  }

  private static Problem nowhere(String location) {
    return Problem.usage(
        "\"" + ShownAddress.of(location) + "\" is neither a folder nor a web address.",
        "Give a folder's path, or a URL that begins with https://.");
  }

  private void write(List<Source> sources) throws IOException {
    ObjectNode json = Json.object().put("schema", SCHEMA);
    ArrayNode list = json.putArray("sources");
    for (Source source : sources) {
      list.addObject().put("name", source.name()).put("location", source.location());
    }
    AtomicFiles.write(file, Json.write(json));
  }
}
