package org.fieldlift.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.fieldlift.archive.Entry;
import org.fieldlift.io.Problem;
import org.fieldlift.release.Release.Download;
import org.fieldlift.release.Release.Image;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReleaseJsonTest {
  private static final Release FULL =
      new Release(
          Release.Kind.FORKLIFT_BUNDLE,
          Samples.PRODUCT,
          "v2026.1.0",
          false,
          20241023155628L,
          "linux/arm/v7",
          Samples.CREATED,
          Instant.parse("2028-01-01T00:00:00.5Z"),
          List.of(
              Samples.directory("a"),
              Samples.file("a.b"),
              Samples.file("a/x?y&z:#"),
              Samples.link("a/z", "../../outside")),
          List.of(
              new Image(
                  "r:1", "linux/arm64", null, Samples.digest(1), Samples.digest(2), List.of()),
              new Image(
                  "r@x",
                  "linux/arm64",
                  Samples.digest(3),
                  Samples.digest(1),
                  Samples.digest(2),
                  List.of(Samples.digest(5), Samples.digest(5)))),
          List.of(new Download("https://x/y?z", "caches/downloads/y", Samples.digest(4))),
          "# Notes\nü");

  @Test
  void whatIsWrittenIsReadBackTheSame() throws IOException {
    assertThat(Release.parse(FULL.toJson())).isEqualTo(FULL);
    assertThat(Release.parse(FULL.toJson()).toJson()).isEqualTo(FULL.toJson());
  }

  @Test
  void aFileLooksAsTheFormatSays() {
    String json =
        text(
            Samples.draft("v1", 7).withEntries(List.of(Samples.file("a"), Samples.link("b", "a"))));
    assertThat(json)
        .isEqualTo(
            """
            {
              "schema" : "fieldlift.release/1",
              "kind" : "forklift-bundle",
              "product" : "github.com/PlanktoScope/pallet-standard",
              "version" : "v1",
              "clean" : true,
              "sequence" : 7,
              "platform" : "linux/arm64",
              "createdAt" : "2026-05-12T08:30:00Z",
              "entries" : [ {
                "path" : "a",
                "type" : "file",
                "mode" : "0644",
                "size" : 3,
                "sha256" : "%s"
              }, {
                "path" : "b",
                "type" : "symlink",
                "mode" : "0777",
                "target" : "a"
              } ],
              "images" : [ ],
              "downloads" : [ ]
            }
            """
                .formatted(Samples.digest("a".hashCode()).hex()));
  }

  @Test
  void itsLengthDoesNotDependOnTheDigestsThemselves() {
    Entry one = new Entry("a", Entry.Type.FILE, 0644, 3, Samples.digest(1), null);
    Entry other = new Entry("a", Entry.Type.FILE, 0644, 3, Samples.digest(2), null);
    assertThat(Samples.draft("v1", 1).withEntries(List.of(one)).toJson())
        .hasSameSizeAs(Samples.draft("v1", 1).withEntries(List.of(other)).toJson())
        .isNotEqualTo(Samples.draft("v1", 1).withEntries(List.of(other)).toJson());
  }

  @Test
  void fieldsOfALaterVersionArePassedOver() throws IOException {
    String later = text(FULL).replace("\"clean\"", "\"colour\" : [ 1 ], \"clean\"");
    assertThat(Release.parse(later.getBytes(StandardCharsets.UTF_8))).isEqualTo(FULL);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "fieldlift.release/1     | fieldlift.release/2      | unknown format",
        "\"kind\" : \"forklift-bundle\" | \"kind\" : \"iso\" | kind",
        "pallet-standard         | ../../etc                | product",
        "pallet-standard         | pallet standard          | product",
        "v2026.1.0               | v1/../x                  | version",
        "\"v2026.1.0\"           | \"\"                     | version",
        "\"v2026.1.0\"           | 7                        | version",
        "20241023155628          | -1                       | sequence",
        "20241023155628          | 1.5                      | sequence",
        "20241023155628          | 99999999999999999999     | sequence",
        "linux/arm/v7            | linux                    | platform",
        "linux/arm/v7            | Linux/ARM                | platform",
        "2026-05-12T08:30:00Z    | 2026-05-12T10:30:00+02:00 | createdAt",
        "2026-05-12T08:30:00Z    | 2026-13-12T08:30:00Z     | createdAt",
        "2028-01-01T00:00:00.500Z | soon                    | validUntil",
        "\"clean\" : false       | \"clean\" : \"no\"       | clean",
        "\"clean\" : false       | \"clean\" : false, \"clean\" : true | Duplicate",
        "\"mode\" : \"0644\"     | \"mode\" : \"644\"       | mode",
        "\"mode\" : \"0644\"     | \"mode\" : \"0844\"      | mode",
        "\"mode\" : \"0644\"     | \"mode\" : 420           | mode",
        "\"type\" : \"file\"     | \"type\" : \"device\"    | type",
        "\"size\" : 3            | \"size\" : -3            | size",
        "\"size\" : 3            | \"size\" : 9007199254740992 | size",
        "\"size\" : 3            | \"size\" : 3, \"target\" : \"x\" | target",
        "\"mode\" : \"0755\"     | \"mode\" : \"0755\", \"size\" : 1 | size",
        "\"mode\" : \"0777\"     | \"mode\" : \"0777\", \"sha256\" : \"x\" | sha256",
        "\"sha256\" : \"         | \"sha256\" : \"sha256:   | 64 hexadecimal",
        "\"../../outside\"       | \"\"                     | link",
        "\"a.b\"                 | \"a\"                    | repeated",
        "\"a.b\"                 | \"b\"                    | not in its place",
        "\"a/x?y&z:#\"           | \"b/x\"                  | not a listed folder",
        "\"a/x?y&z:#\"           | \"a.b/x\"                | not a listed folder",
        "\"a.b\"                 | \"/a\"                   | not a path inside",
        "\"a/x?y&z:#\"           | \"a/../x\"               | not a path inside",
        "\"a/x?y&z:#\"           | \"a//x\"                 | not a path inside",
        "\"a/x?y&z:#\"           | \"a/./x\"                | not a path inside",
        "\"a/x?y&z:#\"           | \"a/\\u0000\"            | not valid Unicode",
        "\"a/x?y&z:#\"           | \"a/\\ud800\"            | not valid Unicode",
        "\"a/z\"                 | \"fieldlift\"            | keeps for itself",
        "caches/downloads/y      | ../y                     | path",
        "\"r:1\"                 | \"\"                     | reference",
      })
  void whatIsNotExactlyRightIsRefusedAndNamed(String right, String wrong, String named) {
    String json = text(FULL);
    assertThat(json).contains(right);
    int at = json.indexOf(right);
    String broken = json.substring(0, at) + wrong + json.substring(at + right.length());
    assertThatThrownBy(() -> Release.parse(broken.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              assertThat(problem.kind()).isEqualTo(Problem.Kind.NOT_GENUINE);
              assertThat(problem.what()).contains(named);
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "schema",
        "kind",
        "product",
        "version",
        "clean",
        "sequence",
        "platform",
        "createdAt",
        "entries"
      })
  void nothingRequiredMayBeMissing(String field) {
    String broken = text(FULL).replace("\"" + field + "\" :", "\"was-" + field + "\" :");
    assertThatThrownBy(() -> Release.parse(broken.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(Problem.class)
        .hasMessageContaining(field);
  }

  @Test
  void nothingIsWrittenThroughALink() {
    Release through =
        FULL.withEntries(List.of(Samples.link("a", "/etc"), Samples.file("a/passwd")));
    assertThatThrownBy(() -> Release.parse(through.toJson()))
        .hasMessageContaining("not a listed folder");
  }

  @Test
  void aReleaseOfOneFileListsExactlyThatFile() throws IOException {
    Release one =
        new Release(
            Release.Kind.FILE,
            "acme/pump",
            "1.0",
            true,
            1,
            "any",
            Samples.CREATED,
            null,
            List.of(Samples.file("pump.raucb")),
            List.of(),
            List.of(),
            null);
    assertThat(Release.parse(one.toJson())).isEqualTo(one);
    Release two = one.withEntries(List.of(Samples.file("a"), Samples.file("b")));
    assertThatThrownBy(() -> Release.parse(two.toJson())).hasMessageContaining("exactly that file");
    assertThat(one.flatName()).isEqualTo("acme--pump@1.0+any.file.tar.gz");
  }

  @Test
  void namesOfFilesFollowTheConvention() {
    assertThat(FULL.flatName())
        .isEqualTo(
            "github.com--PlanktoScope--pallet-standard@v2026.1.0-dirty+armv7.forklift-bundle.tar.gz");
  }

  @Test
  void somethingHugeIsRefusedUnread() {
    assertThatThrownBy(() -> Release.parse(new byte[Release.LARGEST_JSON + 1]))
        .hasMessageContaining("larger than anything");
  }

  private static String text(Release release) {
    return new String(release.toJson(), StandardCharsets.UTF_8);
  }
}
