package org.fieldlift.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.fieldlift.drive.BlockTargets;
import org.fieldlift.io.AtomicFiles;
import org.fieldlift.io.Fields;
import org.fieldlift.io.Json;
import org.fieldlift.io.Limits;
import org.fieldlift.io.Turn;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The virtual drives a person added, in the order they were added.
final class VirtualDrives {
  private static final String SCHEMA = "fieldlift.drives/1";
  private static final int LARGEST_FILE = 1 << 20;

  private final Path file;

  VirtualDrives(Path file) {
    this.file = file;
  }

  synchronized List<Path> list() throws IOException {
    if (!Files.exists(file)) return List.of();
    Fields fields = Fields.read(Limits.readFile(file, LARGEST_FILE), file.toString());
    fields.requireSchema(SCHEMA);
    return fields.texts("virtual").stream().map(Path::of).toList();
  }

  /// Makes a virtual drive, or takes one that is there, and lists it.
  Path make(Path drive, long size) throws IOException {
    BlockTargets.createVirtual(drive, size, 512);
    add(drive);
    return drive;
  }

  private synchronized void add(Path drive) throws IOException {
    try (Turn _ = Turn.take(file)) {
      List<Path> drives = new ArrayList<>(list());
      if (drives.contains(drive)) return;
      drives.add(drive);
      save(drives);
    }
  }

  synchronized void remove(Path drive) throws IOException {
    try (Turn _ = Turn.take(file)) {
      List<Path> drives = new ArrayList<>(list());
      if (drives.remove(drive)) save(drives);
    }
  }

  private void save(List<Path> drives) throws IOException {
    ObjectNode document = Json.object();
    document.put("schema", SCHEMA);
    ArrayNode virtual = document.putArray("virtual");
    drives.forEach(drive -> virtual.add(drive.toString()));
    AtomicFiles.write(file, Json.write(document));
  }
}
