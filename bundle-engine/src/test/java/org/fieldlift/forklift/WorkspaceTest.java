package org.fieldlift.forklift;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorkspaceTest {
  private static final Path HOME = Path.of("/home/pi");

  @Test
  void everythingHasItsPlaceBelowTheRoot() {
    Workspace workspace = new Workspace(HOME);
    assertThat(workspace.stages()).hasToString("/home/pi/.local/share/forklift/stages");
    assertThat(workspace.pallet()).hasToString("/home/pi/.local/share/forklift/pallet");
    assertThat(workspace.upgradeQuery())
        .hasToString("/home/pi/.config/forklift/pallet-upgrades.yml");
    CacheFolders caches = workspace.caches();
    assertThat(caches.mirrors()).hasToString("/home/pi/.cache/forklift/mirrors");
    assertThat(caches.pallets()).hasToString("/home/pi/.cache/forklift/pallets");
    assertThat(caches.repositories()).hasToString("/home/pi/.cache/forklift/repositories");
    assertThat(caches.downloads()).hasToString("/home/pi/.cache/forklift/downloads");
    assertThat(caches.images()).hasToString("/home/pi/.cache/forklift/images");
  }

  @Test
  void aBundleBringsTheSameFoldersAndEachMirrorAsAFile() {
    CacheFolders caches = CacheFolders.of(Path.of("/stages/7"));
    assertThat(caches.pallets()).hasToString("/stages/7/caches/pallets");
    assertThat(caches.mirrorFile("github.com/owner/name.js"))
        .hasToString("/stages/7/caches/mirrors/github.com/owner/name.js.bundle");
  }

  @Test
  void whatAPersonSaysCountsMoreThanTheVariableAndThatMoreThanHome() {
    Map<String, String> set = Map.of("FORKLIFT_WORKSPACE", "/srv/space");
    assertThat(Workspace.find(Path.of("/told"), set, HOME).root()).hasToString("/told");
    assertThat(Workspace.find(null, set, HOME).root()).hasToString("/srv/space");
    assertThat(Workspace.find(null, Map.of("XDG_CACHE_HOME", "/x"), HOME).root()).isEqualTo(HOME);
    assertThat(Workspace.find(null, Map.of("FORKLIFT_WORKSPACE", " "), HOME).root())
        .isEqualTo(HOME);
  }

  @Test
  void aStageStoreThatIsNamedIsUsedAsItIs() {
    Workspace told = new Workspace(Path.of("/told"));
    Map<String, String> set = Map.of("FORKLIFT_STAGE_STORE", "/var/lib/forklift/stages");
    assertThat(told.stages(Path.of("/store"), set)).hasToString("/store");
    assertThat(told.stages(null, set)).hasToString("/var/lib/forklift/stages");
    assertThat(told.stages(null, Map.of())).hasToString("/told/.local/share/forklift/stages");
  }
}
