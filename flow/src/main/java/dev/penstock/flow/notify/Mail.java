package dev.penstock.flow.notify;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Authenticator;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;

/// Sends messages to a mail server, as plain text.
final class Mail {
  /// What a server answers to a message that it has taken.
  private static final int TAKEN = 250;

  private final Smtp smtp;
  private final Session session;

  Mail(Smtp smtp, Duration limit) {
    this.smtp = smtp;
    this.session = Session.getInstance(properties(smtp, limit), authenticator(smtp));
  }

  private static Properties properties(Smtp smtp, Duration limit) {
    String millis = String.valueOf(limit.toMillis());
    Properties properties = new Properties();
    properties.setProperty("mail.transport.protocol", "smtp");
    properties.setProperty("mail.smtp.host", smtp.host());
    properties.setProperty("mail.smtp.port", String.valueOf(smtp.port()));
    properties.setProperty("mail.smtp.connectiontimeout", millis);
    properties.setProperty("mail.smtp.timeout", millis);
    properties.setProperty("mail.smtp.writetimeout", millis);
    properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
    properties.setProperty("mail.smtp.auth", String.valueOf(smtp.user() != null));
    switch (smtp.security()) {
      case NONE -> {}
      case STARTTLS -> properties.setProperty("mail.smtp.starttls.required", "true");
      case TLS -> properties.setProperty("mail.smtp.ssl.enable", "true");
    }
    return properties;
  }

  private static Authenticator authenticator(Smtp smtp) {
    return new Authenticator() {
      @Override
      protected PasswordAuthentication getPasswordAuthentication() {
        return new PasswordAuthentication(
            smtp.user(), smtp.password() == null ? "" : smtp.password().reveal());
      }
    };
  }

  int send(Message message) {
    try {
      Transport.send(mime(message));
      return TAKEN;
    } catch (AddressException e) {
      throw new NotSent("an address of the block is none: " + e.getMessage(), 0, true);
    } catch (AuthenticationFailedException e) {
      throw new NotSent(smtp.host() + " does not accept the user and password", 535, true);
    } catch (MessagingException e) {
      throw refused(e);
    }
  }

  /// One line, whatever the template made of it: what follows a line end would be a header.
  private static String oneLine(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ").strip();
  }

  private MimeMessage mime(Message message) throws MessagingException {
    MimeMessage mime = new MimeMessage(session);
    mime.setFrom(new InternetAddress(smtp.from()));
    for (String to : smtp.to()) {
      mime.addRecipient(MimeMessage.RecipientType.TO, new InternetAddress(to));
    }
    mime.setSubject(oneLine(message.subject()), StandardCharsets.UTF_8.name());
    mime.setText(message.text(), StandardCharsets.UTF_8.name());
    mime.setHeader("Auto-Submitted", "auto-generated");
    return mime;
  }

  /// Whether a server will never take the message: those answers begin with 5.
  private NotSent refused(MessagingException e) {
    for (Exception at = e; at instanceof MessagingException told; at = told.getNextException()) {
      if (told instanceof SMTPSendFailedException answer) {
        int code = answer.getReturnCode();
        return new NotSent(smtp.host() + " answered " + code, code, code >= 500);
      }
    }
    String why =
        e instanceof SendFailedException ? "does not take the addresses" : "cannot be used";
    return new NotSent(
        smtp.host() + ":" + smtp.port() + " " + why + ": " + e.getClass().getSimpleName(),
        0,
        false);
  }
}
