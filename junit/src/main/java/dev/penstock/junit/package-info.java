/// Tests of flows: [FlowTest] on a test class gives its methods a [TestFlows], which runs flows in
/// a store of their own, in a time of their own, and crashes them.
@NullMarked
package dev.penstock.junit;

import org.jspecify.annotations.NullMarked;
