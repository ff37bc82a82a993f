package dev.penstock.cli.deploy;

import dev.penstock.flow.store.DeployedCode;
import dev.penstock.flow.worker.CodeUnavailable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The jars of deployments on this machine, kept by their hash: one that was built anew at the same
/// place is another version, and runs of the old one go on with the old one.
final class JarFiles {
  private final Path directory;

  JarFiles(Path directory) {
    this.directory = directory;
  }

  /// SHA-256 of a file.
  static String hash(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file);
        DigestInputStream digest =
            new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
      digest.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digest.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /// A copy of the jar that was deployed.
  ///
  /// @throws CodeUnavailable when it is neither here nor where it was deployed from
  Path get(DeployedCode.Jar jar) throws CodeUnavailable {
    Path kept = directory.resolve(jar.hash() + ".jar");
    if (Files.exists(kept)) {
      return kept;
    }
    Path origin = Path.of(jar.path());
    try {
      if (!Files.isRegularFile(origin)) {
        throw new CodeUnavailable("there is no jar " + origin + " on this machine");
      }
      String found = hash(origin);
      if (!found.equals(jar.hash())) {
        throw new CodeUnavailable(
            "the jar " + origin + " has changed since it was deployed; deploy it again");
      }
      return keep(origin, kept);
    } catch (IOException e) {
      throw new CodeUnavailable("the jar " + origin + " cannot be read: " + e.getMessage());
    }
  }

  private Path keep(Path origin, Path kept) throws IOException {
    Files.createDirectories(directory);
    Path unfinished = Files.createTempFile(directory, "part-", ".tmp");
    Files.copy(origin, unfinished, StandardCopyOption.REPLACE_EXISTING);
    return Files.move(unfinished, kept, StandardCopyOption.ATOMIC_MOVE);
  }
}
