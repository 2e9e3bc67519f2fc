/*
 * Mark, fork and sweep: a version is purged and its file collected, while a fork continues from it, a writer stores the
 * very same bytes again, and the collector may be killed and started again at any point.
 *
 * Shown: the file of a version that the journal has and has not purged is live at every moment (P5).
 *
 * Each of these switches makes one mistake, which has to be found:
 *   NO_PIN        who is about to name a file does not pin it meanwhile
 *   STALE_MARK    the collector asks which files are named before it takes the file's guard, not under it
 *   FORGET_FORKS  the collector counts the versions of the main branch only
 *   FILE_FIRST    a version's file is condemned before its purge is journaled
 *   EARLY_UNPIN  a fork lets go of its pin before its version is committed
 */

#define KILLS 2

mtype = { live, quarantined, gone };

mtype file = live;
byte pins;
bool base = true;       /* the version that is purged names the file */
bool fork;              /* so does the fork's, once it is committed */
bool twin;              /* so does the writer's */
byte kills;

#define NAMED (base || fork || twin)
#ifdef FORGET_FORKS
#define MARKED (base || twin)
#else
#define MARKED NAMED
#endif

/* The invariant; checked in every state. */
active proctype Witness() {
end:
  atomic { NAMED && file != live -> assert(false) }
}

/* Condemns the file if nobody names or pins it. The guard is the atomic step. */
inline condemn() {
#ifdef STALE_MARK
  marked = MARKED;
  atomic { if :: file == live && pins == 0 && !marked -> file = quarantined :: else fi }
#else
  atomic { if :: file == live && pins == 0 && !MARKED -> file = quarantined :: else fi }
#endif
}

/* Hears the second witness about a condemned file, then unlinks it for good. */
inline sweep() {
  atomic {
    if
    :: file == quarantined && MARKED -> file = live
    :: file == quarantined && !MARKED -> file = gone
    :: else
    fi
  }
}

active proctype Collector() {
  bool marked;
again:
  {
#ifdef FILE_FIRST
    atomic { if :: file == live && pins == 0 && !(fork || twin) -> file = quarantined :: else fi };
    base = false;
#else
    base = false;   /* the entry: from here on it is purged */
    condemn();
#endif
    sweep();
    condemn();
    sweep()
  } unless { atomic { kills < KILLS && !base -> kills++; marked = false } ; goto again }
}

active proctype Fork() {
  bool pinned;
#ifdef NO_PIN
  if :: file == live -> pinned = true :: else fi;
#else
  atomic { if :: file == live -> pins++; pinned = true :: else fi };
#endif
  if
  :: pinned ->
#ifdef EARLY_UNPIN
    pins--;
#endif
    fork = true;
#if !defined(NO_PIN) && !defined(EARLY_UNPIN)
    pins--
#else
    skip
#endif
  :: else
  fi;
  /* later it is deleted, too, or not */
  if :: fork = false :: true fi
}

active proctype Writer() {
#ifdef NO_PIN
  if :: file == live :: else -> file = live fi;
#else
  atomic { file = live; pins++ };   /* what is live already is pinned instead of written */
#endif
  twin = true;
#ifndef NO_PIN
  pins--;
#endif
  if :: twin = false :: true fi
}
