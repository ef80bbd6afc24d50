package org.fieldlift.io;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CommentEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;

/// Where the texts of a YAML document are: its scalars and its comments. What lies between them is
/// structure.
public final class YamlTexts {
  /// @param from where it begins in the document, with its quotes, its anchor and its tag, and so
  ///   with comments between them
  /// @param to where it ends
  /// @param value what a reader takes it for, without quotes and escapes
  public record Text(int from, int to, String value) {}

  private YamlTexts() {}

  /// All texts; nothing when it is no YAML that Fieldlift reads.
  public static Optional<List<Text>> of(String document) {
    LoadSettings settings =
        LoadSettings.builder().setParseComments(true).setCodePointLimit(Yaml.LARGEST).build();
    List<Text> texts = new ArrayList<>();
    try {
      for (Event event : new Parse(settings).parseString(document)) {
        String value =
            switch (event) {
              case ScalarEvent scalar -> scalar.getValue();
              case CommentEvent comment -> comment.getValue();
              case Event structure -> null;
            };
        if (value == null) continue;
        int from = at(document, event.getStartMark());
        texts.add(new Text(from, at(document, event.getEndMark()), value));
      }
      return Optional.of(texts);
    } catch (RuntimeException malformed) {
      // The library says what is wrong by its own exceptions, and forgets to for some broken tags.
      return Optional.empty();
    }
  }

  /// The library counts characters, also those that take two `char`.
  private static int at(String document, Optional<Mark> mark) {
    return document.offsetByCodePoints(0, mark.orElseThrow().getIndex());
  }
}
