package org.fieldlift.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.fieldlift.engine.DriveDesk.Checked;
import org.fieldlift.engine.DriveDesk.LaneState;
import org.fieldlift.engine.DriveDesk.Phase;
import org.fieldlift.engine.DriveDesk.PlanOrder;
import org.fieldlift.engine.ReleaseDesk.PackOrder;
import org.fieldlift.engine.TrustDesk.RuleOrder;
import org.fieldlift.io.ByteSize;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Digest;
import org.fieldlift.io.FileTree;
import org.fieldlift.io.Json;
import org.fieldlift.io.Progress;
import org.fieldlift.provision.DriveLook;
import org.fieldlift.release.Release;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Somebody changes a drive of this station and hides it from `drive verify`.
class DriveSignatureTest {
  private static final char[] PASSWORD = "secret".toCharArray();
  private static final String MAP = "FIELDLIFT/drive.json";
  private static final String ENVELOPE = "FIELDLIFT/drive.json.dsse";

  @TempDir Path folder;
  private Engine engine;
  private Path drive;

  @BeforeEach
  void aDriveOfThisStation() throws Exception {
    engine = Engine.open(folder.resolve("station"));
    engine.trust().newKey(folder.resolve("lab"), PASSWORD);
    engine
        .trust()
        .trustKey(new RuleOrder("lab", "example.org/lab/*", false), folder.resolve("lab.pub"));
    Path image = folder.resolve("drive.img");
    engine.drives().addVirtual(image, ByteSize.parse("64MB"));
    PlanOrder order =
        new PlanOrder(
            List.of(fetched()),
            List.of(),
            List.of(image),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false,
            "");
    LaneState lane =
        engine
            .drives()
            .write(engine.drives().plan(order), "", new Progress(""), new Cancellation())
            .await()
            .getFirst();
    assertThat(lane.phase()).as(lane.message()).isEqualTo(Phase.DONE);
    drive = folder.resolve("mounted");
    copy(DriveLook.open(image), "");
  }

  @AfterEach
  void close() throws IOException {
    engine.close();
  }

  @Test
  void anUntouchedDriveIsSignedByThisStation() throws IOException {
    assertThat(verified(engine)).isEqualTo(new Checked(List.of(), "signed by this station", true));
  }

  @Test
  void aChangedProgramIsFoundThoughTheSignatureIsTakenAway() throws IOException {
    changeTheProgram();
    Files.delete(drive.resolve(ENVELOPE));
    Checked checked = verified(engine);
    assertThat(checked.faults())
        .singleElement()
        .asString()
        .contains("changed since this station wrote it: it is not signed now");
    assertThat(checked.signature()).isEqualTo("not signed");
  }

  @Test
  void aChangedProgramIsFoundThoughTheMapNamesAnotherStation() throws IOException {
    changeTheProgram();
    change(json -> json.put("stationKey", Digest.of(new byte[] {7}).hex()));
    Checked checked = verified(engine);
    assertThat(checked.faults())
        .singleElement()
        .asString()
        .contains("changed since this station wrote it: it names another one now");
    assertThat(checked.signature()).contains("another station", "not checked");
  }

  @Test
  void withoutTheSignatureNotEvenTheNameOfThisStationPasses() throws IOException {
    change(json -> json.put("code", "FL-222222"));
    Files.delete(drive.resolve(ENVELOPE));
    assertThat(verified(engine).faults()).hasSize(1);
  }

  @Test
  void aDriveNobodyHereWroteIsRightButSaidToBeUnproven() throws IOException {
    try (Engine stranger = Engine.open(folder.resolve("stranger"))) {
      Checked signed = verified(stranger);
      assertThat(signed.faults()).isEmpty();
      assertThat(signed.isSignedHere()).isFalse();
      assertThat(signed.signature()).contains("another station", "not checked");
      Files.delete(drive.resolve(ENVELOPE));
      assertThat(verified(stranger)).isEqualTo(new Checked(List.of(), "not signed", false));
    }
    assertThat(folder.resolve("stranger/ledger.db")).doesNotExist();
  }

  @Test
  void aDriveThatAnotherStationWroteSinceIsThatStations() throws Exception {
    try (Engine ship = Engine.open(folder.resolve("ship"))) {
      Path export = folder.resolve("ledger.jsonl");
      Path image = folder.resolve("drive.img");
      ship.trust()
          .trustKey(new RuleOrder("lab", "example.org/lab/*", false), folder.resolve("lab.pub"));
      ship.releases()
          .fetch(folder.resolve("release.tar.gz").toString(), new Progress(""), new Cancellation());
      PlanOrder order =
          new PlanOrder(
              List.of("scope"),
              List.of(),
              List.of(image),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              false,
              "");
      ship.drives()
          .write(ship.drives().plan(order), "", new Progress(""), new Cancellation())
          .await();
      ship.fleet().exportLedger(export);
      try (var in = Files.newInputStream(export)) {
        engine.fleet().importLedger(in);
      }
      Checked checked = engine.drives().verify(image, new Progress(""), new Cancellation());
      assertThat(checked.faults()).isEmpty();
      assertThat(checked.signature()).contains("another station");
    }
  }

  private Checked verified(Engine by) throws IOException {
    return by.drives().verify(drive, new Progress(""), new Cancellation());
  }

  private String fetched() throws IOException {
    Path release = folder.resolve("release.tar.gz");
    PackOrder order =
        new PackOrder(
            Files.write(folder.resolve("input"), new byte[1000]),
            release,
            Release.Kind.FILE,
            "example.org/lab/scope",
            "v1",
            1L,
            "any",
            null,
            null,
            folder.resolve("lab.key"),
            PASSWORD);
    engine.releases().pack(order, new Progress(""), new Cancellation());
    engine.releases().fetch(release.toString(), new Progress(""), new Cancellation());
    return "scope";
  }

  private void changeTheProgram() throws IOException {
    byte[] evil = "#!/bin/sh\necho evil\n".getBytes(StandardCharsets.UTF_8);
    Files.write(drive.resolve("import.sh"), evil);
    change(json -> {
      for (var file : (ArrayNode) json.get("files")) {
        if (file.get("path").asString().equals("import.sh")) {
          ((ObjectNode) file).put("size", evil.length).put("sha256", Digest.of(evil).hex());
        }
      }
    });
  }

  private void change(Consumer<ObjectNode> change) throws IOException {
    ObjectNode json = Json.readObject(Files.readAllBytes(drive.resolve(MAP)), MAP);
    change.accept(json);
    Files.write(drive.resolve(MAP), Json.write(json));
  }

  private void copy(FileTree tree, String from) throws IOException {
    Files.createDirectories(drive.resolve(from));
    for (FileTree.Child child : tree.list(from)) {
      String path = from.isEmpty() ? child.name() : from + "/" + child.name();
      if (child.isFolder()) copy(tree, path);
      else {
        Files.write(drive.resolve(path), tree.bytes(path, 1 << 20).orElseThrow());
      }
    }
  }
}
