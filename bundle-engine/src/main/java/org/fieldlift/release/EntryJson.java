package org.fieldlift.release;

import java.util.Locale;
import java.util.regex.Pattern;
import org.fieldlift.archive.Entry;
import org.fieldlift.archive.Entry.Type;
import org.fieldlift.archive.EntryList;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Fields;
import org.fieldlift.io.Json;
import org.fieldlift.io.Problem;
import tools.jackson.databind.node.ObjectNode;

/// One element of `entries` in `release.json`. Whether its path is safe is asked of all entries
/// together ([EntryRules]).
final class EntryJson {
  private static final Pattern MODE = Pattern.compile("[0-7]{4}");
  private static final Pattern TYPE = Pattern.compile("file|directory|symlink");

  private EntryJson() {}

  static ObjectNode write(Entry entry) {
    ObjectNode json =
        Json.object()
            .put("path", entry.path())
            .put("type", entry.type().name().toLowerCase(Locale.ROOT))
            .put("mode", "%04o".formatted(entry.mode()));
    Digest sha256 = entry.sha256();
    String target = entry.target();
    return switch (entry.type()) {
      case FILE -> {
        if (sha256 == null) throw new IllegalStateException("no digest yet: " + entry.path());
        yield json.put("size", entry.size()).put("sha256", sha256.hex());
      }
      case SYMLINK -> json.put("target", target);
      case DIRECTORY -> json;
    };
  }

  static Entry read(Fields fields) throws Problem {
    String path = fields.text("path");
    Type type = Type.valueOf(StrictFields.text(fields, "type", TYPE, 9).toUpperCase(Locale.ROOT));
    int mode = Integer.parseInt(StrictFields.text(fields, "mode", MODE, 4), 8);
    return switch (type) {
      case FILE -> {
        refuse(fields, "target");
        long size = StrictFields.number(fields, "size", 0, EntryList.LARGEST_FILE);
        yield new Entry(path, type, mode, size, StrictFields.digest(fields, "sha256"), null);
      }
      case SYMLINK -> {
        refuse(fields, "size");
        refuse(fields, "sha256");
        yield new Entry(path, type, mode, 0, null, fields.text("target"));
      }
      case DIRECTORY -> {
        refuse(fields, "size");
        refuse(fields, "sha256");
        refuse(fields, "target");
        yield new Entry(path, type, mode, 0, null, null);
      }
    };
  }

  private static void refuse(Fields fields, String name) throws Problem {
    if (fields.object().has(name)) {
      throw fields.wrong(name, "absent in a " + fields.text("type") + " entry");
    }
  }
}
