package dev.penstock.cli.runs;

import dev.penstock.data.DidYouMean;
import dev.penstock.flow.state.StateName;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads the name of a state, in any case.
final class StateConverter implements ITypeConverter<StateName> {
  @Override
  public StateName convert(String text) {
    List<String> titles = Arrays.stream(StateName.values()).map(StateName::title).toList();
    return titles.stream()
        .filter(text::equalsIgnoreCase)
        .findFirst()
        .map(StateName::of)
        .orElseThrow(() ->
            new TypeConversionException(
                "there is no state \""
                    + text
                    + "\""
                    + DidYouMean.hint(text, titles)
                    + " There are: "
                    + String.join(", ", titles)));
  }
}
