package org.fieldlift.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.fieldlift.fuzz.ForeignReader;

/// The reader of another station's events.
public final class EventReaders {
  private EventReaders() {}

  public static Map<String, ForeignReader> all() {
    return Map.of("ledger-events", EventReaders::events);
  }

  private static void events(byte[] bytes) throws Exception {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException refusedBefore) {
      return;
    }
    Chain chain = new Chain();
    for (String line : text.split("\n")) {
      Link link = Link.parse(line, "Line");
      if (!link.line().equals(line)) throw new AssertionError("another line: " + link.line());
      chain.take(link);
    }
  }
}
