package org.fieldlift.desktop.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.fieldlift.desktop.FakeEngine;
import org.fieldlift.desktop.OnTheSpot;
import org.fieldlift.desktop.words.Words;
import org.fieldlift.desktop.work.Trouble;
import org.fieldlift.trust.Policy;
import org.junit.jupiter.api.Test;

class RuleLookTest {
  private static final Policy.Deny NOTHING = new Policy.Deny(List.of(), List.of());

  private final Words words = new Words(Locale.UK, Clock.systemUTC());

  @Test
  void everythingARuleSaysIsShown() {
    Policy rule =
        new Policy(
            "scope",
            "example.org/lab/*",
            List.of(
                new Policy.Key("keys/lab.pub"),
                new Policy.Keyless(
                    "https://issuer.example.org",
                    "^ann@example\\.org$",
                    Map.of("source-repository", "lab/scope"))),
            List.of("bundle"),
            41,
            new Policy.Deny(List.of("bob@example.org"), List.of("sha256:0123")));
    RuleLook look = RuleLook.of(rule, words);
    assertThat(look.sentence())
        .isEqualTo("Releases of example.org/lab/* must be signed by any one of these:");
    assertThat(look.signers().stream().map(RuleLook.Line::words))
        .containsExactly(
            "The holder of keys/lab.pub",
            "^ann@example\\.org$, known to https://issuer.example.org, with source-repository"
                + " lab/scope");
    assertThat(look.limits().stream().map(RuleLook.Line::words))
        .containsExactly(
            "Never by bob@example.org",
            "Never the release sha256:0123",
            "Nothing older than sequence 41",
            "Signatures as Sigstore bundles");
  }

  @Test
  void aRuleThatAcceptsNoFormOfSignatureSaysSo() {
    Policy rule =
        new Policy("none", "*", List.of(new Policy.Key("keys/a.pub")), List.of(), 0, NOTHING);
    RuleLook look = RuleLook.of(rule, words);
    assertThat(look.sentence()).isEqualTo("Releases of * must be signed by:");
    assertThat(look.limits())
        .containsExactly(
            new RuleLook.Line(
                RuleLook.Kind.FORMAT,
                "No form of signature is accepted: this rule lets nobody sign"));
  }

  @Test
  void foreignTextInARuleIsShownNotObeyed() {
    Policy rule =
        new Policy(
            "x",
            "a\u202Eb",
            List.of(new Policy.Key("keys/a.pub")),
            List.of(),
            0,
            new Policy.Deny(List.of("c\u202Ed"), List.of()));
    RuleLook look = RuleLook.of(rule, words);
    assertThat(look.sentence()).contains("a<U+202E>b");
    assertThat(look.limits().getFirst().words()).isEqualTo("Never by c<U+202E>d");
  }

  @Test
  void aNameThatIsTakenIsRefusedInOurOwnWords() {
    FakeEngine lab = FakeEngine.lab();
    TrustModel model = new TrustModel(lab, new OnTheSpot(), words);
    model.refresh();
    model.trustKey("microscope", "*", Path.of("other.pub"));
    assertThat(lab.trust.rules()).hasSize(3);
    assertThat(model.trouble().get())
        .isEqualTo(
            Optional.of(
                new Trouble(
                    "There is a rule microscope already; it was not changed.",
                    "Choose another name. To change that rule, remove it first.")));
  }
}
