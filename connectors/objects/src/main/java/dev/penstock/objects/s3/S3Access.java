package dev.penstock.objects.s3;

import dev.penstock.data.ConnectionSettings;
import dev.penstock.data.Secret;
import dev.penstock.objects.remote.StoreSettings;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/// One way to get into S3: where it is, and as whom.
///
/// @param endpoint of what speaks the protocol of S3; null for AWS, and for what the environment
///   names
/// @param region null for what the environment says
/// @param credentials null for what the environment, profiles and the machine say
record S3Access(
    @Nullable URI endpoint,
    @Nullable Region region,
    @Nullable AwsCredentials credentials,
    S3Client client) {
  /// Whatever the environment says.
  static final String AWS = "s3:";

  private static final Pattern URL =
      Pattern.compile(
          "s3:(?://(?:(?<key>[^:@/?]*):(?<secret>[^@/?]*)@)?(?<host>[^@/?]*)/?)?(?:[?](?<query>.*))?");
  private static final List<String> SETTINGS =
      List.of("region", "tls", "accessKey", "secretKey", "sessionToken");

  /// What S3 of other makers does not look at, and still has to be signed.
  private static final Region ANY = Region.US_EAST_1;

  static S3Access of(ConnectionSettings connection) {
    Matcher url = URL.matcher(connection.url());
    if (!url.matches()) {
      throw new IllegalArgumentException(
          "the URL of a connection to S3 must be s3://accessKey:secretKey@host:port?region=…&tls=false, was "
              + connection);
    }
    Map<String, String> settings = StoreSettings.of(connection, url.group("query"), SETTINGS, "S3");
    if (url.group("key") != null) {
      settings.put("accessKey", decode(url.group("key")));
      settings.put("secretKey", decode(url.group("secret")));
    }
    String host = url.group("host");
    boolean tls = !"false".equals(settings.get("tls"));
    URI endpoint =
        host == null || host.isEmpty() ? null : URI.create((tls ? "https://" : "http://") + host);
    String named = settings.get("region");
    Region region = named == null ? (endpoint == null ? null : ANY) : Region.of(named);
    AwsCredentials credentials = credentials(settings);
    return new S3Access(endpoint, region, credentials, client(endpoint, region, credentials));
  }

  private static @Nullable AwsCredentials credentials(Map<String, String> settings) {
    String key = settings.get("accessKey");
    String secret = settings.get("secretKey");
    if (key == null && secret == null) {
      return null;
    }
    if (key == null || secret == null) {
      throw new IllegalArgumentException(
          "a connection to S3 needs accessKey and secretKey, or neither; only %s is there"
              .formatted(key == null ? "secretKey" : "accessKey"));
    }
    String token = settings.get("sessionToken");
    return token == null
        ? AwsBasicCredentials.create(key, secret)
        : AwsSessionCredentials.create(key, secret, token);
  }

  private static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static S3Client client(
      @Nullable URI endpoint, @Nullable Region region, @Nullable AwsCredentials credentials) {
    S3ClientBuilder builder =
        S3Client.builder()
            .credentialsProvider(provider(credentials))
            .httpClientBuilder(
                UrlConnectionHttpClient.builder()
                    .connectionTimeout(Duration.ofSeconds(10))
                    .socketTimeout(Duration.ofSeconds(60)))
            // what many that speak the protocol do not know; the payload is signed, or goes by TLS
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .serviceConfiguration(configuration(endpoint));
    Optional.ofNullable(endpoint).ifPresent(builder::endpointOverride);
    Optional.ofNullable(region).ifPresent(builder::region);
    return builder.build();
  }

  private static S3Configuration configuration(@Nullable URI endpoint) {
    return S3Configuration.builder()
        .chunkedEncodingEnabled(false)
        .pathStyleAccessEnabled(endpoint != null || isEndpointInEnvironment())
        .build();
  }

  private static boolean isEndpointInEnvironment() {
    return System.getenv("AWS_ENDPOINT_URL_S3") != null
        || System.getenv("AWS_ENDPOINT_URL") != null;
  }

  private static AwsCredentialsProvider provider(@Nullable AwsCredentials credentials) {
    return credentials == null
        ? DefaultCredentialsProvider.builder().build()
        : StaticCredentialsProvider.create(credentials);
  }

  /// Signs addresses. The caller closes it.
  S3Presigner presigner() {
    S3Presigner.Builder builder =
        S3Presigner.builder()
            .credentialsProvider(provider(credentials))
            .serviceConfiguration(configuration(endpoint));
    Optional.ofNullable(endpoint).ifPresent(builder::endpointOverride);
    Optional.ofNullable(region).ifPresent(builder::region);
    return builder.build();
  }

  /// A text, such as the client's message, without secrets.
  String redact(String text) {
    return credentials == null
        ? text
        : text.replace(credentials.secretAccessKey(), Secret.of("x").toString());
  }

  /// Where it is.
  @Override
  public String toString() {
    return endpoint == null ? "S3" : endpoint.toString();
  }
}
