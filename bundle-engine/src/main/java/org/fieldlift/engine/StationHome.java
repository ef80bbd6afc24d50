package org.fieldlift.engine;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.fieldlift.forklift.CacheFolders;
import org.fieldlift.io.AtomicFiles;
import org.fieldlift.io.DiskTrouble;
import org.fieldlift.io.Fields;
import org.fieldlift.io.Json;
import org.fieldlift.io.Limits;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.fieldlift.oci.Platform;
import org.fieldlift.release.DriveManifest;
import tools.jackson.databind.node.ObjectNode;

/// The folder of a station and the names in it.
///
/// @param folder absolute
record StationHome(Path folder) {
  private static final String SCHEMA = "fieldlift.station/1";
  private static final int LARGEST_FILE = 1 << 20;
  private static final Set<String> OWN =
      Set.of("key", "trust", "store", "device", "images", "caches", "station.json");

  /// With what lies beside them: locks, SQLite's files and its program code.
  private static final Set<String> OWN_FAMILIES =
      Set.of("ledger.db", "sources.json", "drives.json", "sqlite-");

  static Path byDefault() {
    String chosen = System.getenv("FIELDLIFT_HOME");
    if (chosen != null && !chosen.isBlank()) return Path.of(chosen);
    Path user = Path.of(System.getProperty("user.home", "."));
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    if (system.startsWith("windows")) {
      String local = System.getenv("LOCALAPPDATA");
      return (local == null ? user : Path.of(local)).resolve("Fieldlift");
    }
    if (system.startsWith("mac")) return user.resolve("Library/Application Support/Fieldlift");
    String data = System.getenv("XDG_DATA_HOME");
    return (data == null || data.isBlank() ? user.resolve(".local/share") : Path.of(data))
        .resolve("fieldlift");
  }

  /// Makes the folder when it is not there.
  static StationHome at(Path folder) throws IOException {
    Path absolute = folder.toAbsolutePath().normalize();
    if (Files.exists(absolute) && !Files.isDirectory(absolute)) {
      throw Problem.usage(
          absolute + " is a file, not a folder.",
          "Choose another place for the station with --home or FIELDLIFT_HOME.");
    }
    try {
      Files.createDirectories(absolute);
    } catch (IOException e) {
      throw new Problem(
          Problem.Kind.FAILED,
          "The station's folder cannot be made. " + DiskTrouble.with(absolute, e).what(),
          "Choose a place you may write to with --home or FIELDLIFT_HOME.",
          e);
    }
    return new StationHome(absolute);
  }

  /// The folders with small files that are written aside and renamed.
  List<Path> written() {
    return List.of(folder, key(), device());
  }

  /// Whether this file, there or not, is one of the station's or lies in one of its folders: what
  /// is written there by anybody else is lost, or loses the station.
  boolean owns(Path file) throws IOException {
    Path root = folder.toRealPath();
    Path real = real(file);
    if (!real.startsWith(root) || real.equals(root)) return false;
    String name = root.relativize(real).getName(0).toString();
    return OWN.stream().anyMatch(name::equals) || OWN_FAMILIES.stream().anyMatch(name::startsWith);
  }

  private static Path real(Path file) throws IOException {
    if (Files.exists(file)) return file.toRealPath();
    Path absolute = file.toAbsolutePath().normalize();
    Path above = absolute.getParent();
    return above == null ? absolute : real(above).resolve(absolute.getFileName());
  }

  Path key() {
    return folder.resolve("key");
  }

  Path trust() {
    return folder.resolve("trust");
  }

  Path store() {
    return folder.resolve("store");
  }

  Path sources() {
    return folder.resolve("sources.json");
  }

  Path ledger() {
    return folder.resolve("ledger.db");
  }

  Path drives() {
    return folder.resolve("drives.json");
  }

  /// The station's container images, an OCI image layout.
  Path images() {
    return folder.resolve("images");
  }

  /// What this station remembers as a device, per stage store.
  Path device() {
    return folder.resolve("device");
  }

  /// What was fetched for bundles of a platform: the names of downloads do not know theirs.
  CacheFolders caches(Platform platform) {
    return new CacheFolders(
        folder.resolve("caches").resolve(platform.toString().replace('/', '-')));
  }

  /// Which images this machine's Docker has from us.
  Path loadedImages() {
    return device().resolve("loaded-images.json");
  }

  /// The station's name: this computer's, until somebody edits `station.json`.
  String name() throws IOException {
    Path file = folder.resolve("station.json");
    if (Files.exists(file)) {
      Fields fields = Fields.read(Limits.readFile(file, LARGEST_FILE), file.toString());
      fields.requireSchema(SCHEMA);
      return usable(fields.text("name"), file);
    }
    ObjectNode station = Json.object();
    station.put("schema", SCHEMA);
    station.put("name", computer());
    AtomicFiles.write(file, Json.write(station));
    return computer();
  }

  /// Stops drives from being written that nobody can read, because their list has another name than
  /// lists may have.
  private static String usable(String name, Path file) throws Problem {
    boolean fits = !name.isBlank() && name.length() <= DriveManifest.LONGEST_WORDS;
    if (fits && PlainText.of(name).equals(name)) return name;
    throw Problem.usage(
        "The name of this station, in "
            + PlainText.of(file.toString())
            + ", must have 1 to "
            + DriveManifest.LONGEST_WORDS
            + " visible characters.",
        "Write another one there.");
  }

  private static String computer() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "Fieldlift station";
    }
  }
}
