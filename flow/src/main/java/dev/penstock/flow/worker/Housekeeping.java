package dev.penstock.flow.worker;

import dev.penstock.flow.remote.RemoteStore;
import dev.penstock.flow.store.ResultFiles;
import dev.penstock.flow.store.Store;
import java.time.Duration;
import java.util.List;

/// What any process with the database may do for all, at any time: it is never wrong, and never
/// done twice. For one thread.
public interface Housekeeping {
  /// How often in a row a run may lose its process without progress before it has crashed.
  int AGAIN = 3;

  /// That of a process with this store; where that is behind a server, it is left to the server.
  ///
  /// @param files of results, of which those go that no run needs any more
  static Housekeeping of(Store store, ResultFiles files) {
    return store instanceof RemoteStore
        ? new LeftToServer(files)
        : new OwnHousekeeping(store, files);
  }

  /// Makes the runs of schedules.
  void schedule();

  /// How long until a schedule has a tick; at most `most`.
  Duration untilNextTick(Duration most);

  /// Finds runs whose process is gone, and those that nobody takes.
  ///
  /// @return the ids of the former
  List<String> recover();
}
