package org.fieldlift.oci.docker.loopback;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import org.fieldlift.io.Json;
import org.fieldlift.io.Problem;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A daemon's `daemon.json` with a mirror of ours in it, and on its way back.
///
/// A daemon that reads its configuration again keeps a setting that is no longer in it. So the way
/// back has two steps: the list as it was, empty if there was none; then the file as it was.
///
/// @param before nothing when there was no file
record MirrorConfig(Optional<String> before, String url) {
  private static final String MIRRORS = "registry-mirrors";

  static MirrorConfig of(Borrowed.Mirror mirror) {
    return new MirrorConfig(mirror.before(), mirror.url());
  }

  /// Our mirror before all others.
  ///
  /// @throws Problem when the file is no JSON object
  byte[] with() throws Problem {
    ObjectNode config = config(before.orElse("{}"));
    ArrayNode mirrors = Json.array().add(url);
    config.path(MIRRORS).forEach(mirrors::add);
    config.set(MIRRORS, mirrors);
    return Json.write(config);
  }

  /// What the file has to say for the daemon to forget our mirror.
  ///
  /// @param now the file as it is; somebody may have changed it meanwhile
  byte[] without(byte[] now) throws Problem {
    ObjectNode config = config(new String(now, UTF_8));
    ArrayNode mirrors = Json.array();
    for (JsonNode each : config.path(MIRRORS)) {
      if (!each.asString("").equals(url)) mirrors.add(each);
    }
    config.set(MIRRORS, mirrors);
    return Json.write(config);
  }

  /// Whether nobody but us has changed the file.
  boolean isOurs(byte[] now) throws Problem {
    String text = new String(now, UTF_8);
    String with = new String(with(), UTF_8);
    return text.equals(with) || text.equals(new String(without(with()), UTF_8));
  }

  private static ObjectNode config(String text) throws Problem {
    return Json.readObject((text.isBlank() ? "{}" : text).getBytes(UTF_8), "Docker's daemon.json");
  }
}
