/// When things are to happen: values and arithmetic, without a clock, a thread or a store. Start
/// reading at [dev.penstock.flow.schedule.Schedule].
@NullMarked
package dev.penstock.flow.schedule;

import org.jspecify.annotations.NullMarked;
