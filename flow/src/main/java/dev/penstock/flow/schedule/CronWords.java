package dev.penstock.flow.schedule;

import java.util.List;

/// A line of cron in words: exact, if not always elegant.
final class CronWords {
  private static final List<String> DAYS =
      List.of(
          "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday");

  private CronWords() {}

  static String of(CronExpression line) {
    return time(line.minute().text(), line.hour().text()) + days(line) + months(line);
  }

  private static String time(String minute, String hour) {
    if (minute.matches("\\d+") && hour.matches("\\d+")) {
      return "at %02d:%02d".formatted(Integer.parseInt(hour), Integer.parseInt(minute));
    }
    String minutes = minute.matches("\\d+") ? "at minute " + minute : each("minute", minute);
    if (hour.equals("*")) {
      return minute.matches("\\d+") ? minutes + " of every hour" : minutes;
    }
    return minutes + " of " + (hour.matches("\\d+") ? "hour " + hour : each("hour", hour));
  }

  private static String days(CronExpression line) {
    boolean everyDay = line.dayOfMonth().text().equals("*");
    boolean everyWeekday = line.dayOfWeek().text().equals("*");
    String ofMonth = each("day of the month", line.dayOfMonth().text());
    String ofWeek = weekday(line.dayOfWeek().text());
    if (everyDay && everyWeekday) {
      return "";
    }
    if (everyDay || everyWeekday) {
      return ", on " + (everyDay ? ofWeek : ofMonth);
    }
    boolean both = line.dayOfMonth().isStar() || line.dayOfWeek().isStar();
    return ", on " + ofMonth + (both ? " and also on " : " or on ") + ofWeek;
  }

  private static String months(CronExpression line) {
    return line.month().text().equals("*") ? "" : ", in " + each("month", line.month().text());
  }

  /// `every minute in steps of 15`, `minute 0,30`, `every minute`.
  private static String each(String unit, String text) {
    if (text.equals("*")) {
      return "every " + unit;
    }
    return text.matches("\\*/\\d+")
        ? "every %s in steps of %s".formatted(unit, text.substring(2))
        : unit + " " + text;
  }

  private static String weekday(String text) {
    if (text.matches("[0-7]")) {
      return day(text.charAt(0));
    }
    if (text.matches("[0-7]-[0-7]")) {
      return day(text.charAt(0)) + " to " + day(text.charAt(2));
    }
    return each("day of the week", text);
  }

  private static String day(char digit) {
    return DAYS.get(digit - '0');
  }
}
