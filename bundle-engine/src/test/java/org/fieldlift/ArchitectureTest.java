package org.fieldlift;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// Holds the table in `docs/architecture.md`: who may know whom.
class ArchitectureTest {
  private static final String BASE = "org.fieldlift.";

  /// Package → the packages it may know besides itself and `io`.
  private static final Map<String, List<String>> MAY_KNOW =
      Map.ofEntries(
          Map.entry("io", List.of()),
          Map.entry("archive", List.of()),
          Map.entry("trust", List.of()),
          Map.entry("forklift", List.of()),
          Map.entry("fat32", List.of()),
          Map.entry("drive", List.of()),
          Map.entry("ledger", List.of()),
          Map.entry("http", List.of()),
          Map.entry("oci", List.of("http")),
          Map.entry("release", List.of("archive", "trust", "forklift")),
          Map.entry("store", List.of("release", "archive")),
          Map.entry("source", List.of("store", "release", "archive", "http")),
          Map.entry(
              "provision", List.of("release", "archive", "drive", "fat32", "ledger", "trust")),
          Map.entry("field", List.of("release", "archive", "trust", "forklift", "oci")),
          Map.entry("export", List.of("release", "archive", "forklift", "oci", "http")));

  private static final JavaClasses ENGINE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.fieldlift");

  @Test
  void everyPackageKnowsOnlyThePackagesOfItsRow() {
    MAY_KNOW.forEach((name, known) -> {
      String[] forbidden =
          MAY_KNOW.keySet().stream()
              .filter(other -> !other.equals(name) && !other.equals("io"))
              .filter(other -> !known.contains(other))
              .map(other -> BASE + other + "..")
              .toArray(String[]::new);
      noClasses()
          .that(resideInAPackage(BASE + name + ".."))
          .should()
          .dependOnClassesThat(resideInAnyPackage(forbidden))
          .allowEmptyShould(true)
          .check(ENGINE);
      noClasses()
          .that(resideInAPackage(BASE + name + ".."))
          .should()
          .dependOnClassesThat(resideInAPackage(BASE + "engine.."))
          .allowEmptyShould(true)
          .check(ENGINE);
    });
  }

  @Test
  void everyPackageHasARowInTheTable() {
    List<String> rooms =
        ENGINE.stream()
            .map(JavaClass::getPackageName)
            .distinct()
            .map(name -> name.substring(BASE.length()).split("\\.", 2)[0])
            .distinct()
            .toList();
    assertThat(rooms).allMatch(room -> room.equals("engine") || MAY_KNOW.containsKey(room));
  }

  @Test
  void thereAreNoCycles() {
    slices().matching(BASE + "(*)..").should().beFreeOfCycles().check(ENGINE);
  }

  /// A room within a room counts like any other: `drive.linux` and `drive` go one way only.
  @Test
  void thereAreNoCyclesInsideARoomEither() {
    slices().matching(BASE + "(**)").should().beFreeOfCycles().check(ENGINE);
  }

  @Test
  void foreignLibrariesLiveInOneRoomEach() {
    onlyIn("trust", "dev.sigstore..", "com.google.protobuf..", "io.intoto..");
    noClasses()
        .that()
        .resideOutsideOfPackages(BASE + "trust..", BASE + "oci.docker.loopback")
        .should()
        .dependOnClassesThat(resideInAPackage("org.bouncycastle.."))
        .as("only trust, and a registry's certificate for one run, know BouncyCastle")
        .check(ENGINE);
    onlyIn("oci.docker", "org.apache.hc..");
    onlyIn("oci.docker.loopback", "com.sun.net.httpserver..");
    onlyIn("ledger", "java.sql..", "org.sqlite..");
    onlyIn("drive.linux", "java.lang.foreign..");
    onlyIn("http", "java.net.http..");
    onlyIn(
        "oci", "com.google.cloud.tools..", "org.apache.commons.compress..", "com.github.luben..");
  }

  @Test
  void theEngineHasNoFaceAndNeverEndsTheProgram() {
    noClasses()
        .should()
        .dependOnClassesThat(resideInAnyPackage("javafx..", "picocli.."))
        .check(ENGINE);
    noClasses().should().callMethod(System.class, "exit", int.class).check(ENGINE);
    noClasses()
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(ENGINE);
  }

  @Test
  void everyPackageIsNullMarked() {
    classes()
        .should()
        .resideInAnyPackage(
            ENGINE.stream()
                .map(type -> type.getPackage())
                .distinct()
                .filter(room -> room.isAnnotatedWith(NullMarked.class))
                .map(room -> room.getName())
                .toArray(String[]::new))
        .check(ENGINE);
  }

  private static void onlyIn(String room, String... libraries) {
    noClasses()
        .that()
        .resideOutsideOfPackage(BASE + room + "..")
        .should()
        .dependOnClassesThat(resideInAnyPackage(libraries))
        .as("only " + room + " knows " + Arrays.toString(libraries))
        .check(ENGINE);
  }
}
