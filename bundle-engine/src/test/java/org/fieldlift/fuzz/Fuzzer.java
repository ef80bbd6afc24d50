package org.fieldlift.fuzz;

import java.util.Map;
import java.util.TreeMap;
import org.fieldlift.archive.ArchiveReaders;
import org.fieldlift.drive.linux.ProcReaders;
import org.fieldlift.engine.TableReaders;
import org.fieldlift.fat32.VolumeReaders;
import org.fieldlift.forklift.YamlReaders;
import org.fieldlift.forklift.git.GitReaders;
import org.fieldlift.forklift.secrets.SecretsReaders;
import org.fieldlift.http.HttpReaders;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.fieldlift.ledger.EventReaders;
import org.fieldlift.oci.ImageReaders;
import org.fieldlift.oci.docker.DockerReaders;
import org.fieldlift.oci.docker.loopback.LoopbackReaders;
import org.fieldlift.release.ReleaseReaders;
import org.fieldlift.source.SourceReaders;
import org.fieldlift.trust.TrustReaders;
import org.jspecify.annotations.Nullable;

/// The entry of Jazzer (`tools/fuzz`), which finds these two methods by their names, and of the
/// replay of its corpus.
public final class Fuzzer {
  private static @Nullable ForeignReader chosen;

  private Fuzzer() {}

  /// Every reader of foreign bytes by its name, which is also the name of its corpus folder.
  static Map<String, ForeignReader> readers() {
    Map<String, ForeignReader> all = new TreeMap<>();
    all.putAll(ArchiveReaders.all());
    all.putAll(DockerReaders.all());
    all.putAll(EventReaders.all());
    all.putAll(GitReaders.all());
    all.putAll(LoopbackReaders.all());
    all.putAll(ProcReaders.all());
    all.putAll(ReleaseReaders.all());
    all.putAll(SecretsReaders.all());
    all.putAll(SourceReaders.all());
    all.putAll(HttpReaders.all());
    all.putAll(ImageReaders.all());
    all.putAll(TableReaders.all());
    all.putAll(TrustReaders.all());
    all.putAll(VolumeReaders.all());
    all.putAll(YamlReaders.all());
    return all;
  }

  /// @param arguments the name of one reader
  public static void fuzzerInitialize(String[] arguments) {
    chosen = readers().get(arguments[0]);
    if (chosen == null) throw new IllegalArgumentException("no reader " + arguments[0]);
  }

  public static void fuzzerTestOneInput(byte[] bytes) throws Exception {
    if (chosen != null) hold(chosen, bytes);
  }

  /// Holds a reader to its contract for one input.
  static void hold(ForeignReader reader, byte[] bytes) throws Exception {
    try {
      reader.read(bytes);
    } catch (Problem told) {
      requirePlain(told.what());
      requirePlain(told.next());
    }
  }

  /// What a person is told never moves the cursor or reads backwards, and is a whole sentence.
  private static void requirePlain(String sentence) {
    for (int start = 0; start < sentence.length(); start += 500) {
      String some = sentence.substring(start, Math.min(sentence.length(), start + 500));
      boolean isCut = Character.isSurrogate(some.charAt(some.length() - 1));
      if (!isCut && !Character.isSurrogate(some.charAt(0)) && !PlainText.of(some).equals(some)) {
        throw new AssertionError("not fit to be shown: " + PlainText.of(some));
      }
    }
    if (!sentence.endsWith(".")) throw new AssertionError("no sentence: " + sentence);
  }
}
