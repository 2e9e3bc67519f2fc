/*
 * Barrier, commit and sink: two sources, an operator that counts their rows and stages what it passes on, a coordinator,
 * and an environment that lets instances fail at any point, their last commit perhaps still under way.
 *
 * Shown: a committed version counts exactly the rows before its offsets (P2 for state), its staged output is durable when
 * its entry is (P3), and in the end exactly the rows that the head counts are visible, each once (P2 for sinks).
 *
 * Each of these switches makes one mistake, which has to be found:
 *   NO_ALIGN     the operator freezes at the first barrier instead of waiting for both
 *   ENTRY_FIRST  the operator acknowledges before its output is fsynced
 *   SINK_FIRST   output becomes visible before the journal entry
 *   KEEP_NEWER   a start makes all staged output visible, not only that up to the head
 *   NO_EPOCH     a commit does not ask whether its instance is still the newest
 */

#define ROWS 1      /* of each source */
#define ATTEMPTS 2  /* numbers are never given out twice */
#define FAILURES 1

#define AT(attempt, source) ((attempt) * 2 + (source))

mtype = { row, barrier };

/* what survives a failure */
byte head;                          /* the newest version in the journal, 0 before the first */
byte attempts;                      /* numbers given out */
byte offset[8];                     /* AT(version, source): where the source goes on */
byte counted[8];                    /* AT(version, source): rows in the state */
byte from[8];                       /* AT(version, source): rows before its part of the output */
bool staged[4];                     /* its part of the output is fsynced */
bool visible[4];                    /* its part of the output can be read */
byte copies[6];                     /* AT(row, source): how often it can be read */

/* what does not */
byte epoch;
byte ended;                         /* sources and operators that are gone */
bool over[3];                       /* the coordinator of an epoch is done */
byte wanted[2];                     /* the attempt whose barrier a source has yet to send */
byte acknowledged;
chan road[2] = [1] of { mtype, byte, byte };    /* what, row or offset, epoch */

inline reveal(version) {
  if
  :: staged[version] && !visible[version] ->
    visible[version] = true;
    side = 0;
    do
    :: side < 2 ->
      place = from[AT(version, side)];
      do
      :: place < counted[AT(version, side)] -> place++; copies[AT(place, side)]++;
        assert(copies[AT(place, side)] == 1)
      :: else -> break
      od;
      side++
    :: else -> break
    od;
    side = 0; place = 0
  :: else
  fi
}

proctype Source(byte me, mine, start) {
  byte position = start;
  {
    do
    :: atomic { position < ROWS && nfull(road[me]) -> position++; road[me]!row, position, mine }
    :: atomic { wanted[me] != 0 && nfull(road[me]) -> wanted[me] = 0; road[me]!barrier, position, mine }
    od
  } unless { epoch != mine -> ended++ }
}

proctype Operator(byte mine, first, second) {
  byte count[2], done[2], at[2], value, attempt, kept[2];
  bool held[2];
  count[0] = first; count[1] = second; done[0] = first; done[1] = second;
  {
    do
    :: atomic { !held[0] && road[0]?[row, value, eval(mine)] -> road[0]?row, value, mine; count[0] = value; value = 0 }
    :: atomic { !held[1] && road[1]?[row, value, eval(mine)] -> road[1]?row, value, mine; count[1] = value; value = 0 }
    :: atomic { !held[0] && road[0]?[barrier, value, eval(mine)] -> road[0]?barrier, value, mine; at[0] = value; held[0] = true;
#ifdef NO_ALIGN
        if :: !held[1] -> kept[0] = count[0]; kept[1] = count[1] :: else fi
#endif
      }
    :: atomic { !held[1] && road[1]?[barrier, value, eval(mine)] -> road[1]?barrier, value, mine; at[1] = value; held[1] = true;
#ifdef NO_ALIGN
        if :: !held[0] -> kept[0] = count[0]; kept[1] = count[1] :: else fi
#endif
      }
    :: held[0] && held[1] ->
      atomic {
#ifndef NO_ALIGN
        kept[0] = count[0]; kept[1] = count[1];
#endif
        attempt = attempts;
        offset[AT(attempt, 0)] = at[0]; offset[AT(attempt, 1)] = at[1];
        counted[AT(attempt, 0)] = kept[0]; counted[AT(attempt, 1)] = kept[1];
        from[AT(attempt, 0)] = done[0]; from[AT(attempt, 1)] = done[1];
        done[0] = kept[0]; done[1] = kept[1]; kept[0] = 0; kept[1] = 0; at[0] = 0; at[1] = 0; value = 0
      };
#ifdef ENTRY_FIRST
      acknowledged = attempt;
      staged[attempt] = true;
#else
      staged[attempt] = true;
      acknowledged = attempt;
#endif
      atomic { held[0] = false; held[1] = false; attempt = 0 }
    od
  } unless { epoch != mine -> ended++ }
}

proctype Coordinator(byte mine) {
  byte attempt, side, place;
  do
  :: atomic { epoch == mine && attempts < ATTEMPTS -> attempts++; attempt = attempts; wanted[0] = attempt; wanted[1] = attempt };
    if
    :: acknowledged == attempt ->
#ifdef SINK_FIRST
      atomic { reveal(attempt) };
#endif
      if
#ifdef NO_EPOCH
      :: atomic { true ->
#else
      :: atomic { epoch == mine ->
#endif
          assert(offset[AT(attempt, 0)] == counted[AT(attempt, 0)]);
          assert(offset[AT(attempt, 1)] == counted[AT(attempt, 1)]);
          head = attempt };
        atomic { reveal(attempt) }
      :: epoch != mine -> break
      fi
    :: epoch != mine -> break
    fi
  :: epoch != mine -> break
  :: attempts == ATTEMPTS && acknowledged == attempt -> break
  od;
  attempt = 0; over[mine] = true
}

/* Brings output into agreement with the head: commits what belongs to it, drops what does not. */
inline settle() {
  assert(head == 0 || staged[head]);
  version = 1;
  do
  :: version <= ATTEMPTS ->
#ifdef KEEP_NEWER
    reveal(version);
#else
    if :: version <= head -> reveal(version) :: else -> staged[version] = false fi;
#endif
    version++
  :: else -> break
  od;
  version = 0
}

init {
  byte failures, version, side, place;
  atomic {
    run Source(0, 0, 0); run Source(1, 0, 0); run Operator(0, 0, 0); run Coordinator(0)
  };
  do
  :: failures < FAILURES ->
    /* the instance is gone; its coordinator, whose commit may be under way, finds out later */
    atomic { failures++; epoch++; wanted[0] = 0; wanted[1] = 0; acknowledged = 0 };
    atomic {
      ended == 3 * failures;
      do :: road[0]?[_, _, _] -> road[0]?_, _, _ :: else -> break od;
      do :: road[1]?[_, _, _] -> road[1]?_, _, _ :: else -> break od;
      settle();
      run Source(0, epoch, offset[AT(head, 0)]); run Source(1, epoch, offset[AT(head, 1)]);
      run Operator(epoch, counted[AT(head, 0)], counted[AT(head, 1)]); run Coordinator(epoch)
    }
  :: over[epoch] -> break
  od;
  atomic {
    epoch++;
    settle();
    side = 0;
    do
    :: side < 2 ->
      place = 1;
      do
      :: place <= ROWS ->
        assert(copies[AT(place, side)] == (place <= counted[AT(head, side)]));
        place++
      :: else -> break
      od;
      side++
    :: else -> break
    od
  }
}
