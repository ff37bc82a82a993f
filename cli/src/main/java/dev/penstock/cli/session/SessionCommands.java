package dev.penstock.cli.session;

import java.lang.reflect.Constructor;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/// Makes the commands that work in a session: those whose constructor takes one.
public record SessionCommands(Session session) implements IFactory {
  @Override
  public <K> K create(Class<K> type) throws Exception {
    try {
      Constructor<K> constructor = type.getDeclaredConstructor(Session.class);
      constructor.setAccessible(true);
      return constructor.newInstance(session);
    } catch (NoSuchMethodException e) {
      return CommandLine.defaultFactory().create(type);
    }
  }
}
