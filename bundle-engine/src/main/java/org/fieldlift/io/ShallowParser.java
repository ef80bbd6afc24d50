package org.fieldlift.io;

import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/// Reads YAML up to a depth. What makes a tree of it calls itself for each level, and would fill
/// the stack.
final class ShallowParser extends ParserImpl {
  /// Deepest nesting that is read; Forklift's files and compose files have some eight levels.
  static final int DEEPEST = 64;

  private int depth;

  ShallowParser(LoadSettings settings, StreamReader reader) {
    super(settings, reader);
  }

  @Override
  public Event next() {
    Event event = super.next();
    if (event instanceof CollectionEndEvent) depth--;
    if (event instanceof CollectionStartEvent && ++depth > DEEPEST) {
      throw new YamlEngineException("it is nested too deeply");
    }
    return event;
  }
}
