package org.fieldlift.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fieldlift.acceptance.OnTheWeb.FETCH;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.fieldlift.acceptance.WebServer.Trick;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// HTTP as it is: nothing wrong is stored, and what was right is not fetched twice.
@ExtendWith(FaultTable.class)
class HttpTest {
  private static final int CUT = 3_000_000;
  private static final String FOREVER = "999999999999";
  private static final byte[] LOGIN_PAGE = "<html>Log in".getBytes(StandardCharsets.UTF_8);

  private static OnTheWeb web;

  private WebServer server;

  @BeforeAll
  static void aReleaseOnTheWeb(@TempDir Path folder) throws IOException {
    web = OnTheWeb.in(folder, "scope.forklift-bundle");
  }

  @BeforeEach
  void serveIt() throws IOException {
    server = WebServer.over(web.www());
  }

  @AfterEach
  void stopServing() {
    server.close();
  }

  private record Bad(String name, List<Trick> tricks) {
    Bad(String name, Trick... tricks) {
      this(name, List.of(tricks));
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Bad> passing() {
    String soon = DateTimeFormatter.RFC_1123_DATE_TIME.format(inTwoSeconds());
    return Stream.of(
        new Bad("status 500", Tricks.status(500)),
        new Bad("status 429, Retry-After 1", Tricks.status(429, "Retry-After", "1")),
        new Bad("status 503, Retry-After a date", Tricks.status(503, "Retry-After", soon)),
        new Bad("drips slowly", Tricks.drip(200_000, 50)),
        new Bad("redirect to itself", Tricks.status(307, "Location", "?again")),
        new Bad("wrong bytes of the right length", otherBytes()),
        new Bad("a range nobody asked for", Tricks.wrongRange()));
  }

  private static ZonedDateTime inTwoSeconds() {
    return ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(2);
  }

  private static Trick otherBytes() {
    return (exchange, file) -> Tricks.instead(new byte[file.length]).play(exchange, file);
  }

  @ParameterizedTest
  @MethodSource("passing")
  void whatPassesIsWaitedFor(Bad bad) throws IOException {
    server.next(web.largeName(), bad.tricks.toArray(Trick[]::new));
    Fieldlift station = web.station(server.address());
    Program.Said said = station.run(FETCH).well();
    OnTheWeb.assertWhole(station);
    FaultTable.add("http once: " + bad, said, "release whole");
  }

  @Test
  void aCutConnectionIsResumedAtTheByte() throws IOException {
    server.next(web.largeName(), Tricks.cut(server, CUT));
    Fieldlift station = web.station(server.address());
    Program.Said said = station.run(FETCH).well();
    OnTheWeb.assertWhole(station);
    long resumed = resumedAt();
    assertThat(resumed).as("some may be lost with the connection").isBetween(1L, (long) CUT);
    long once = server.sent() - (CUT - resumed);
    Fieldlift undisturbed = web.station(server.address());
    long before = server.sent();
    undisturbed.run(FETCH).well();
    assertThat(once).isEqualTo(server.sent() - before);
    FaultTable.add("http: connection cut at a byte", said, "resumed there, no byte came twice");
  }

  static Stream<Bad> lying() {
    return Stream.of(
        new Bad("ranges are ignored", Tricks.whole()),
        new Bad("the wrong range comes", Tricks.wrongRange()),
        new Bad("other bytes come as the range", Tricks.otherRange()),
        new Bad("the file has changed (ETag)", Tricks.otherRange("ETag", "\"new\"")),
        new Bad(
            "the file has changed (Last-Modified)",
            Tricks.otherRange("Last-Modified", "Tue, 12 May 2026 08:30:00 GMT")),
        new Bad("the range is said to be beyond the end", Tricks.status(416)));
  }

  @ParameterizedTest
  @MethodSource("lying")
  void halvesOfDifferentFilesAreNeverJoined(Bad bad) throws IOException {
    server.next(web.largeName(), Tricks.cut(server, CUT), bad.tricks.getFirst());
    Fieldlift station = web.station(server.address());
    Program.Said said = station.run(FETCH).well();
    OnTheWeb.assertWhole(station);
    FaultTable.add("http: cut in the middle, then " + bad, said, "release whole");
  }

  static Stream<Arguments> lasting() {
    return Stream.of(
        refused("status 401", 1, "is not open to everybody (status 401)", Tricks.status(401)),
        refused("status 403", 1, "is not open to everybody (status 403)", Tricks.status(403)),
        refused("status 404", 1, "is not there", Tricks.status(404)),
        refused("status 418", 1, "was answered with status 418", Tricks.status(418)),
        refused("Retry-After 2 h", 1, "come back in 2 hours", busy("7200")),
        refused("Retry-After for ever", 1, "come back in 36500 days", busy(FOREVER)),
        refused("Retry-After 9999", 1, "days", busy("Fri, 31 Dec 9999 23:59:59 GMT")),
        refused(
            "gzip nobody asked for",
            1,
            "comes compressed (gzip), which nobody asked for",
            Tricks.instead(new byte[9], "Content-Encoding", "gzip")),
        refused(
            "a login page instead of the file",
            1,
            "was answered with a web page instead of the file",
            Tricks.instead(LOGIN_PAGE, "Content-Type", "text/html; charset=utf-8")),
        refused("too short", 1, "has another length than it should", Tricks.instead(new byte[9])),
        refused(
            "too long", 1, "has another length than it should", Tricks.instead(new byte[9 << 20])),
        refused("without end", 1, "is longer than it should be", Tricks.endless()),
        refused(
            "redirect to a file",
            1,
            "leads to file:///etc/passwd, which is not safe to follow",
            Tricks.status(302, "Location", "file:///etc/passwd")),
        refused("redirect in a circle", 1, "without end", circle()),
        refused("wrong bytes twice", 3, "is not what parts.json says", otherBytes(), otherBytes()));
  }

  private static Trick busy(String retryAfter) {
    return Tricks.status(503, "Retry-After", retryAfter);
  }

  private static Trick[] circle() {
    return many(6, Tricks.status(302, "Location", "?again"));
  }

  private static Trick[] many(int times, Trick trick) {
    return Collections.nCopies(times, trick).toArray(Trick[]::new);
  }

  private static Arguments refused(String name, int code, String words, Trick... tricks) {
    return Arguments.of(new Bad(name, tricks), code, words);
  }

  @ParameterizedTest
  @MethodSource("lasting")
  void whatDoesNotPassIsSaidAtOnce(Bad bad, int code, String words) throws IOException {
    server.next(web.largeName(), bad.tricks.toArray(Trick[]::new));
    Fieldlift station = web.station(server.address());
    Program.Said said = station.run(FETCH).refused(code, words);
    OnTheWeb.assertNone(station);
    station.run(FETCH).well();
    OnTheWeb.assertWhole(station);
    FaultTable.add("http: " + bad, said, "no release; the next fetch brings it");
  }

  @Test
  void aServerThatNeverSendsTheRestIsGivenUp() throws IOException {
    Trick never = Tricks.neverTheRest(server, CUT);
    server.next(web.largeName(), many(100, never));
    Fieldlift station = web.station(server.address());
    Program.Said said = station.run(FETCH).refused(1, "another range than it was asked for");
    OnTheWeb.assertNone(station);
    assertThat(server.sent()).isLessThan(10L * CUT);
    FaultTable.add("http: always cut, always the wrong range", said, "no release; given up");
  }

  @Test
  void aLoginPageDoesNotCostWhatHadCome() throws IOException {
    Trick page = Tricks.instead(LOGIN_PAGE, "Content-Type", "text/html");
    server.next(web.largeName(), Tricks.cut(server, CUT), page);
    Fieldlift station = web.station(server.address());
    Program.Said said = station.run(FETCH).refused(1, "open a browser, then try again");
    long kept = OnTheWeb.size(OnTheWeb.partial(station).getFirst());
    station.run(FETCH).well();
    assertThat(resumedAt()).isEqualTo(kept).isPositive();
    OnTheWeb.assertWhole(station);
    FaultTable.add("http: a login page in the middle", said, "resumed at the byte");
  }

  @Test
  void aListThatIsNoListIsSaid() throws IOException {
    Fieldlift station = web.station(server.address());
    server.next("index.json", Tricks.instead(LOGIN_PAGE, "Content-Type", "text/html"));
    Program.Said page = station.run(FETCH).refused(1, "was answered with a web page");
    server.next("index.json", Tricks.endless());
    Program.Said endless = station.run(FETCH);
    endless.refused(endless.code(), "index.json");
    OnTheWeb.assertNone(station);
    FaultTable.add("http: a login page instead of index.json", page, "no release");
    FaultTable.add("http: index.json without end", endless, "no release");
  }

  @Test
  void aServerThatFallsSilentIsLeftAndResumed() throws IOException {
    server.next(web.largeName(), Tricks.stall(CUT, 60_000));
    Fieldlift station = web.station(server.address());
    Program.Said said = station.run(FETCH).well();
    assertThat(resumedAt()).isEqualTo(CUT);
    OnTheWeb.assertWhole(station);
    FaultTable.add("http: silence in the middle", said, "resumed at the byte after 30 s");
  }

  @Test
  void aServerThatIsNotThereIsNamed() {
    Fieldlift station = web.station(server.address());
    server.close();
    Program.Said said = station.run(FETCH).refused(1, "no connection to localhost:");
    FaultTable.add("http: nobody at that address", said, "no release");
    Fieldlift lost = web.station("http://releases.invalid/");
    Program.Said unknown = lost.run(FETCH).refused(1, "the name releases.invalid is not known");
    FaultTable.add("http: no such name", unknown, "no release");
  }

  @Test
  void aKilledFetchAsksOnlyForTheRest() throws IOException, InterruptedException {
    server.close();
    server = WebServer.slow(web.www());
    server.next(web.largeName(), Tricks.stall(CUT, 10_000));
    Fieldlift station = web.station(server.address());
    Fieldlift.Running fetching = station.begin(FETCH);
    while (OnTheWeb.partial(station).stream().mapToLong(OnTheWeb::size).sum() < CUT) {
      assertThat(fetching.process().isAlive()).isTrue();
      Thread.sleep(Duration.ofMillis(20));
    }
    fetching.process().destroyForcibly();
    assertThat(fetching.end().code()).isEqualTo(Fieldlift.KILLED);
    List<Path> there = OnTheWeb.partial(station);
    assertThat(there).hasSize(1);
    long before = server.sent();
    station.run(FETCH).well();
    OnTheWeb.assertWhole(station);
    assertThat(resumedAt()).isEqualTo(CUT);
    long rest = Files.size(web.large()) - CUT;
    assertThat(server.sent() - before).isBetween(rest, rest + 200_000);
    FaultTable.add("http: killed in the middle", "nothing (killed)", "asked only for the rest");
  }

  /// Where the last request for the rest of the large file began.
  private long resumedAt() throws IOException {
    String name = web.largeName() + " bytes=";
    return server.requests().stream()
        .filter(request -> request.contains(name))
        .map(request -> request.replaceFirst(".* bytes=(\\d+)-", "$1"))
        .mapToLong(Long::parseLong)
        .reduce((first, last) -> last)
        .orElseThrow();
  }
}
