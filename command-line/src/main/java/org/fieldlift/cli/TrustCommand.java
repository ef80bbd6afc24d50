package org.fieldlift.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.fieldlift.engine.BlobQuestion;
import org.fieldlift.engine.TrustDesk.RuleOrder;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Json;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.fieldlift.trust.Policy;
import org.fieldlift.trust.Verdict;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;

@Command(name = "trust", description = "Who may sign what.", mixinStandardHelpOptions = true)
@Subcommands({
  TrustCommand.ListAll.class,
  TrustCommand.Add.class,
  TrustCommand.Remove.class,
  TrustCommand.NewKey.class,
  TrustCommand.VerifyBlob.class
})
final class TrustCommand {

  @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the rules.")
  static final class ListAll implements Callable<Integer> {
    @Mixin Shared shared;

    @Override
    public Integer call() throws Exception {
      return shared.station(engine -> {
        List<Policy> rules = engine.trust().rules();
        if (shared.json) {
          ArrayNode all = Json.array();
          rules.forEach(rule -> all.add(RuleWords.json(rule)));
          shared.answer(all);
        } else if (rules.isEmpty()) {
          shared.say(
              "Nobody is trusted yet. Add a rule with: fieldlift trust add NAME --product P --key"
                  + " FILE");
        } else {
          rules.forEach(rule -> shared.answer(RuleWords.text(rule)));
        }
        return Exit.DONE;
      });
    }
  }

  @Command(
      name = "add",
      mixinStandardHelpOptions = true,
      description = "From now on this signer may sign releases of this product.",
      footer = {
        "%nExamples:",
        "  fieldlift trust add lab --product 'example.org/lab/*' --key lab.pub",
        "  fieldlift trust add scope --product github.com/example/scope \\",
        "      --certificate-oidc-issuer https://token.actions.githubusercontent.com \\",
        "      --certificate-identity-regexp"
            + " '^https://github\\.com/example/scope/\\.github/workflows/release\\.yml@refs/tags/v.*$'"
      })
  static final class Add implements Callable<Integer> {
    @Mixin Shared shared;

    @Parameters(paramLabel = "NAME", description = "The rule's name, shown in verdicts.")
    String name;

    @Option(names = "--product", required = true, description = "A product; * stands for any text.")
    String product;

    @Option(names = "--key", paramLabel = "FILE", description = "A public key (PEM).")
    @Nullable Path key;

    @Option(
        names = "--certificate-oidc-issuer",
        paramLabel = "URL",
        description = "Who vouches for the signer's identity.")
    @Nullable String issuer;

    @Option(
        names = "--certificate-identity-regexp",
        paramLabel = "REGEX",
        description = "The signer's identity, as an anchored pattern.")
    @Nullable String identity;

    @Option(
        names = "--replace",
        description = "Replace a rule of that name, with its floor and all that it denies.")
    boolean replace;

    @Override
    public Integer call() throws Exception {
      return shared.station(engine -> {
        RuleOrder order = new RuleOrder(name, product, replace);
        Path keyFile = key;
        String from = issuer;
        String who = identity;
        if (keyFile != null && from == null && who == null) {
          engine.trust().trustKey(order, keyFile);
        } else if (keyFile == null && from != null && who != null) {
          engine.trust().trustIdentity(order, from, who);
        } else {
          throw Problem.usage(
              "A rule needs one signer.",
              "Give either --key, or --certificate-oidc-issuer with"
                  + " --certificate-identity-regexp.");
        }
        shared.say("Added rule " + PlainText.of(name) + ".");
        return Exit.DONE;
      });
    }
  }

  @Command(name = "remove", mixinStandardHelpOptions = true, description = "Forgets a rule.")
  static final class Remove implements Callable<Integer> {
    @Mixin Shared shared;

    @Parameters(paramLabel = "NAME", description = "The rule's name.")
    String name;

    @Override
    public Integer call() throws Exception {
      return shared.station(engine -> {
        if (!engine.trust().remove(name)) {
          throw Problem.usage(
              "There is no rule " + PlainText.of(name) + ".",
              "See the rules with: fieldlift trust list");
        }
        shared.say("Forgot rule " + PlainText.of(name) + ".");
        return Exit.DONE;
      });
    }
  }

  @Command(
      name = "new-key",
      mixinStandardHelpOptions = true,
      description =
          "Makes a key pair for signing releases, as cosign keeps it: BASE.key and BASE.pub.",
      footer = {"%nExample:", "  fieldlift trust new-key lab-2026"})
  static final class NewKey implements Callable<Integer> {
    @Mixin Shared shared;

    @Parameters(paramLabel = "BASE", description = "Path and beginning of the file names.")
    Path base;

    @Override
    public Integer call() throws Exception {
      return shared.station(engine -> {
        Digest fingerprint = engine.trust().newKey(base, Password.fresh(base + ".key"));
        shared.say("Made " + base + ".key (keep it secret) and " + base + ".pub (give it away).");
        shared.answer(fingerprint.toString());
        return Exit.DONE;
      });
    }
  }

  @Command(
      name = "verify-blob",
      mixinStandardHelpOptions = true,
      description =
          "Judges any file against a sigstore bundle, without a network or a station. A signed"
              + " statement about the file counts too; its type is named. Exit code 0 genuine, 3"
              + " not genuine, 2 wrong usage, 1 where it could not be checked.",
      footer = {
        "%nExamples:",
        "  fieldlift trust verify-blob --bundle f.sigstore.json --key lab.pub f",
        "  fieldlift trust verify-blob --bundle f.sigstore.json --trusted-root trusted_root.json"
            + " \\",
        "      --certificate-identity lab@example.org --certificate-oidc-issuer"
            + " https://accounts.example.org sha256:<hex>"
      })
  static final class VerifyBlob implements Callable<Integer> {
    @Mixin Shared shared;

    @Option(
        names = "--bundle",
        required = true,
        paramLabel = "FILE",
        description = "The sigstore bundle.")
    Path bundle;

    @Option(
        names = "--certificate-identity",
        paramLabel = "ID",
        description = "Exact identity in the certificate.")
    @Nullable String identity;

    @Option(
        names = "--certificate-oidc-issuer",
        paramLabel = "URL",
        description = "Exact issuer in the certificate.")
    @Nullable String issuer;

    @Option(
        names = "--key",
        paramLabel = "FILE",
        description = "A public key (PEM), for signatures without certificate.")
    @Nullable Path key;

    @Option(
        names = "--trusted-root",
        paramLabel = "FILE",
        description = "A trusted_root.json (default: the public Sigstore's).")
    @Nullable Path trustedRoot;

    @Parameters(paramLabel = "FILE_OR_DIGEST", description = "A file, or sha256:HEX.")
    String fileOrDigest;

    @Override
    public Integer call() throws Exception {
      Verdict verdict =
          new BlobQuestion(bundle, identity, issuer, key, trustedRoot, fileOrDigest).judge();
      if (shared.json) {
        shared.answer(
            Json.object()
                .put("genuine", verdict.isGenuine())
                .put("words", verdict.words())
                .put(
                    "predicateType",
                    verdict instanceof Verdict.Genuine genuine ? genuine.predicateType() : null));
      } else {
        shared.answer(verdict.words());
      }
      return (verdict.isGenuine() ? Exit.DONE : Exit.NOT_GENUINE).code();
    }
  }
}
