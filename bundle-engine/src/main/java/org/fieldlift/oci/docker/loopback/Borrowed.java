package org.fieldlift.oci.docker.loopback;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fieldlift.io.Fields;
import org.fieldlift.io.Json;
import org.fieldlift.io.Problem;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What of the machine is changed while a daemon pulls: all that is needed to undo it, written down
/// before the first change.
///
/// @param docker socket of the daemon that pulls; nothing where an earlier Fieldlift wrote it
/// @param line in the hosts file; empty for none
/// @param certificates files of ours
/// @param folders made for them, outermost first
record Borrowed(
    Optional<Path> docker,
    Path hosts,
    String line,
    List<Path> certificates,
    List<Path> folders,
    Optional<Mirror> mirror,
    List<Machine.Redirect> redirects) {
  private static final String SCHEMA = "fieldlift.docker-undo/1";
  private static final int LAST_PORT = 65_535;
  private static final String WHAT = "The note of what to undo";

  Borrowed {
    certificates = List.copyOf(certificates);
    folders = List.copyOf(folders);
    redirects = List.copyOf(redirects);
  }

  /// A mirror of Docker Hub put into a daemon's configuration.
  ///
  /// @param before the configuration as it was; nothing when there was none
  record Mirror(Path config, Optional<String> before, String url) {}

  byte[] json() {
    ObjectNode json = Json.object().put("schema", SCHEMA);
    docker.ifPresent(socket -> json.put("docker", socket.toString()));
    json.put("hosts", hosts.toString()).put("line", line);
    ArrayNode files = json.putArray("certificates");
    certificates.forEach(file -> files.add(file.toString()));
    ArrayNode made = json.putArray("folders");
    folders.forEach(folder -> made.add(folder.toString()));
    mirror.ifPresent(in -> {
      ObjectNode node = json.putObject("mirror");
      node.put("config", in.config().toString()).put("url", in.url());
      in.before().ifPresent(text -> node.put("before", text));
    });
    ArrayNode rules = json.putArray("redirects");
    for (Machine.Redirect each : redirects) {
      rules
          .addObject()
          .put("address", each.address())
          .put("from", each.from())
          .put("to", each.to());
    }
    return Json.write(json);
  }

  static Borrowed read(byte[] bytes) throws Problem {
    Fields fields = Fields.read(bytes, WHAT);
    fields.requireSchema(SCHEMA);
    return new Borrowed(
        fields.isAbsent("docker") ? Optional.empty() : Optional.of(path(fields, "docker")),
        path(fields, "hosts"),
        fields.text("line"),
        paths(fields, "certificates"),
        paths(fields, "folders"),
        fields.isAbsent("mirror") ? Optional.empty() : Optional.of(mirror(fields.object("mirror"))),
        redirects(fields));
  }

  private static Mirror mirror(Fields fields) throws Problem {
    return new Mirror(path(fields, "config"), fields.optionalText("before"), fields.text("url"));
  }

  private static List<Machine.Redirect> redirects(Fields fields) throws Problem {
    List<Machine.Redirect> all = new ArrayList<>();
    for (Fields each : fields.objects("redirects")) {
      all.add(new Machine.Redirect(each.text("address"), port(each, "from"), port(each, "to")));
    }
    return all;
  }

  private static int port(Fields fields, String name) throws Problem {
    long port = fields.number(name);
    if (port < 1 || port > LAST_PORT) throw fields.wrong(name, "a port");
    return (int) port;
  }

  private static Path path(Fields fields, String name) throws Problem {
    return path(fields, name, fields.text(name));
  }

  private static List<Path> paths(Fields fields, String name) throws Problem {
    List<Path> all = new ArrayList<>();
    for (String text : fields.texts(name)) all.add(path(fields, name, text));
    return all;
  }

  private static Path path(Fields fields, String name, String text) throws Problem {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw fields.wrong(name, "a path");
    }
  }
}
