package org.fieldlift.desktop;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import javafx.application.Platform;
import org.fieldlift.desktop.work.WindowBackground;
import org.junit.jupiter.api.Test;

class DesktopArchitectureTest {
  private static final JavaClasses DESKTOP =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.fieldlift.desktop");

  @Test
  void theDesktopKnowsTheEngineAndItsValuesAndNothingBeside() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.fieldlift.cli..",
            "org.fieldlift.command..",
            "picocli..",
            "org.fieldlift.forklift..",
            "org.fieldlift.fat32..",
            "org.fieldlift.drive..",
            "org.fieldlift.oci..",
            "java.sql..")
        .check(DESKTOP);
  }

  @Test
  void viewModelsHaveNoNodes() {
    noClasses()
        .that(nameMatching(".*([a-z](Model|Look|Row)|Fetches|Changes|Choices?|Split|Summary)"))
        .or()
        .resideInAnyPackage("..words..", "..work..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("javafx.scene..")
        .check(DESKTOP);
  }

  @Test
  void theWindowsThreadIsCalledFromOnePlace() {
    noClasses()
        .that()
        .areNotAssignableTo(WindowBackground.class)
        .should()
        .callMethod(Platform.class, "runLater", Runnable.class)
        .check(DESKTOP);
  }

  @Test
  void pagesDoNotKnowEachOther() {
    slices().matching("org.fieldlift.desktop.(*)..").should().beFreeOfCycles().check(DESKTOP);
    for (String page :
        new String[] {"releases", "prepare", "lanes", "manifest", "trust", "sources", "dock"}) {
      noClasses()
          .that()
          .resideInAPackage("org.fieldlift.desktop." + page)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.fieldlift.desktop.frame",
              page.equals("releases") ? "org.fieldlift.desktop.prepare" : "none",
              page.equals("prepare") ? "org.fieldlift.desktop.lanes" : "none")
          .check(DESKTOP);
    }
  }

  @Test
  void theMainClassIsNoApplication() {
    classes()
        .that(simpleName("Main"))
        .should()
        .notBeAssignableTo(javafx.application.Application.class)
        .check(DESKTOP);
  }
}
