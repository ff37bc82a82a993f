package dev.penstock.examples;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/// Who may use whom. Arrows between modules point only as written here.
@AnalyzeClasses(
    packages = {"dev.penstock", "org.apache.parquet"},
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule pipelineUsesTheJdkOnly =
      classes()
          .that()
          .resideInAPackage("dev.penstock.pipeline..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("dev.penstock.pipeline..", "java..", "org.jspecify..");

  @ArchTest
  static final ArchRule dataUsesPipelineOnly =
      mayUse("dev.penstock.data..", "dev.penstock.pipeline..");

  @ArchTest
  static final ArchRule storesUseDataOnly =
      mayUse("dev.penstock.objects", "dev.penstock.pipeline..", "dev.penstock.data..");

  @ArchTest
  static final ArchRule clientsOfStoresUseNoOtherConnector =
      mayUse("dev.penstock.objects.*..", "dev.penstock.objects", "dev.penstock.data..");

  @ArchTest
  static final ArchRule filesUsesNoOtherConnector =
      mayUse(
          "dev.penstock.files..",
          "dev.penstock.pipeline..",
          "dev.penstock.data..",
          "dev.penstock.objects");

  @ArchTest
  static final ArchRule httpUsesNoOtherConnector =
      mayUse("dev.penstock.http..", "dev.penstock.pipeline..", "dev.penstock.data..");

  @ArchTest
  static final ArchRule bigqueryUsesNoOtherConnector =
      mayUse(
          "dev.penstock.bigquery..",
          "dev.penstock.pipeline..",
          "dev.penstock.data..",
          "dev.penstock.objects");

  @ArchTest
  static final ArchRule jdbcUsesNoOtherConnector =
      mayUse("dev.penstock.jdbc..", "dev.penstock.pipeline..", "dev.penstock.data..");

  @ArchTest
  static final ArchRule kafkaUsesNoOtherConnector =
      mayUse("dev.penstock.kafka..", "dev.penstock.pipeline..", "dev.penstock.data..");

  @ArchTest
  static final ArchRule flowUsesNoConnector =
      mayUse("dev.penstock.flow..", "dev.penstock.pipeline..", "dev.penstock.data..");

  @ArchTest
  static final ArchRule theWordsUseNoConnector =
      mayUse(
          "dev.penstock", "dev.penstock.flow..", "dev.penstock.pipeline..", "dev.penstock.data..");

  @ArchTest
  static final ArchRule testsOfFlowsUseNoConnector =
      mayUse(
          "dev.penstock.junit..",
          "dev.penstock.flow..",
          "dev.penstock.pipeline..",
          "dev.penstock.data..");

  @ArchTest
  static final ArchRule theServerUsesNeitherConnectorNorCommand =
      mayUse(
          "dev.penstock.server..",
          "dev.penstock.flow..",
          "dev.penstock.pipeline..",
          "dev.penstock.data..");

  @ArchTest
  static final ArchRule onlyItsPackageKnowsTheWebServer =
      noClasses()
          .that()
          .resideInAPackage("dev.penstock..")
          .and()
          .resideOutsideOfPackage("dev.penstock.server.web")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.helidon..");

  @ArchTest
  static final ArchRule theCommandUsesNoConnector =
      mayUse(
          "dev.penstock.cli..",
          "dev.penstock.server..",
          "dev.penstock.flow..",
          "dev.penstock.pipeline..",
          "dev.penstock.data..");

  @ArchTest
  static final ArchRule onlyJdbcAndTheStoreKnowDatabases =
      noClasses()
          .that()
          .resideInAPackage("dev.penstock..")
          .and()
          .resideOutsideOfPackage("dev.penstock.jdbc..")
          .and()
          .resideOutsideOfPackage("dev.penstock.flow.store..")
          .and()
          .resideOutsideOfPackage("dev.penstock.testkit..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.sql..", "javax.sql..", "org.postgresql..", "org.duckdb..");

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("dev.penstock.(**)").should().beFreeOfCycles();

  /// A package and its own, those named, and anything that is not Penstock.
  private static ArchRule mayUse(String module, String... others) {
    String[] allowed = new String[others.length + 1];
    allowed[0] = module;
    System.arraycopy(others, 0, allowed, 1, others.length);
    return noClasses()
        .that()
        .resideInAPackage(module)
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.penstock..").and(resideOutsideOfPackages(allowed)))
        .allowEmptyShould(true);
  }
}
