package org.fieldlift.oci.docker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.fieldlift.io.Json;
import org.fieldlift.io.Limits;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What a daemon says while it loads or pulls: one JSON object after another, each on a line. The
/// answer's status was 200 long before; whether it worked is told in here alone.
final class DockerNews {
  static final int LONGEST_LINE = 1 << 20;
  static final int MOST_LINES = 5_000_000;

  private DockerNews() {}

  /// Reads to the end.
  ///
  /// @throws Problem with the daemon's own words when it failed
  static void read(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    byte[] buffer = new byte[1 << 13];
    int lines = 0;
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      for (int at = 0; at < count; at++) {
        if (buffer[at] != '\n') {
          if (line.size() >= LONGEST_LINE) throw endless(LONGEST_LINE);
          line.write(buffer[at]);
          continue;
        }
        if (++lines > MOST_LINES) throw endless(MOST_LINES);
        take(line);
      }
    }
    take(line);
  }

  private static void take(ByteArrayOutputStream line) throws Problem {
    byte[] bytes = line.toByteArray();
    line.reset();
    if (isBlank(bytes)) return;
    ObjectNode news = Json.readObject(bytes, "Docker's answer");
    JsonNode detail = news.path("errorDetail").path("message");
    JsonNode words = detail.isString() ? detail : news.path("error");
    if (words.isString()) throw DockerTrouble.said(words.stringValue());
    if (news.has("error") || news.has("errorDetail")) throw DockerTrouble.said("an error");
  }

  private static boolean isBlank(byte[] bytes) {
    for (byte each : bytes) if (each != '\r' && each != ' ') return false;
    return true;
  }

  private static Problem endless(int limit) {
    return Limits.tooLarge(PlainText.of("Docker's answer"), limit + 1L, limit);
  }
}
