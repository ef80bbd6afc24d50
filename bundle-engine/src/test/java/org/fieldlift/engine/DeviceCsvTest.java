package org.fieldlift.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fieldlift.io.Problem;
import org.fieldlift.ledger.State.Device;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceCsvTest {
  @TempDir Path folder;

  @Test
  void aTableFromASpreadsheetIsRead() throws IOException {
    Path csv =
        Files.writeString(
            folder.resolve("devices.csv"),
            "\uFEFFID,Name,Site\r\n"
                + "SCOPE-1,\"Deck, port\",\"RV \"\"Meridian\"\"\"\r\n\r\n"
                + "SCOPE-2,,\r\n");
    assertThat(DeviceCsv.read(csv))
        .containsExactly(
            new Device("SCOPE-1", "Deck, port", "RV \"Meridian\"", "", ""),
            new Device("SCOPE-2", "", "", "", ""));
  }

  /// Spreadsheets of Western Europe write it unless told otherwise, and the ledger forgets nothing.
  @Test
  void aTableInAnotherEncodingIsRefusedAndNotGuessed() throws IOException {
    Path csv =
        Files.write(
            folder.resolve("devices.csv"),
            "id,name\nSCOPE-1,M\u00FCller\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> DeviceCsv.read(csv))
        .isInstanceOfSatisfying(
            Problem.class, problem -> assertThat(problem.next()).contains("CSV UTF-8"))
        .hasMessage("The table " + csv + " is not UTF-8 text.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "name\nx\n",
        "id,colour\nA,red\n",
        "id,name\nA\n",
        "id\nA\nA\n",
        "id,name\nA,\"open\n"
      })
  void aTableThatMakesNoSenseIsRefusedWhole(String text) throws IOException {
    Path csv = Files.writeString(folder.resolve("bad.csv"), text);
    assertThatThrownBy(() -> DeviceCsv.read(csv))
        .isInstanceOfSatisfying(
            Problem.class, problem -> assertThat(problem.next()).contains("nothing was changed"));
  }
}
