namespace HilRig.Bridge.Learner;

/// <summary>Where the session's end takes the records of a log from.</summary>
public interface ILearnerFeed
{
    /// <summary>
    /// Records of a log that are on the disk. Called on the link's thread.
    /// </summary>
    /// <param name="log">Which log.</param>
    long CountOf(int log);

    /// <summary>Reads a record. Called on the link's thread.</summary>
    /// <param name="log">Which log.</param>
    /// <param name="number">Its number, below <see cref="CountOf"/>.</param>
    LearnerRecord Read(int log, long number);
}
