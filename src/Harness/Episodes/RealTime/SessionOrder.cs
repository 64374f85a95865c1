namespace HilRig.Harness.Episodes.RealTime;

/// <summary>
/// The whole of what the controller shall do now. An order is a wanted state, not an event: the
/// newest one wins, and nothing is lost when another was never seen. Preallocated.
/// </summary>
internal sealed class SessionOrder
{
    private readonly int _dofCount;

    /// <summary>Makes an order to hold.</summary>
    /// <param name="dofCount">Joints of the plant.</param>
    /// <param name="startCount">Numbers of a start.</param>
    /// <param name="pathCapacity">Poses that a path can have.</param>
    internal SessionOrder(int dofCount, int startCount, int pathCapacity)
    {
        _dofCount = dofCount;
        Path = new double[pathCapacity * dofCount];
        Start = new double[startCount];
    }

    /// <summary>What to do.</summary>
    internal OrderKind Kind { get; set; }

    /// <summary>
    /// Number of the move or episode: one that was begun under this number is not begun again.
    /// </summary>
    internal long Number { get; set; }

    /// <summary>Poses that a move passes, rad or m; NaN: stays. Shape [pose, dof].</summary>
    internal double[] Path { get; }

    /// <summary>Poses of <see cref="Path"/> in use.</summary>
    internal int PathCount { get; set; }

    /// <summary>Part of the joints' velocity limits that a move may use, (0, 1].</summary>
    internal double SpeedFraction { get; set; }

    /// <summary>The start of an episode, in the units of its channels. Shape [start].</summary>
    internal double[] Start { get; }

    /// <summary>What acts in an episode.</summary>
    internal IEpisodePolicy? Policy { get; set; }

    /// <summary>Who moves the arm in an episode.</summary>
    internal HandOver HandOver { get; set; }

    /// <summary>Appends a pose to the path.</summary>
    /// <param name="pose">The pose. Shape [dof].</param>
    /// <returns>False: the path is full.</returns>
    internal bool TryAppend(ReadOnlySpan<double> pose)
    {
        if ((PathCount + 1) * _dofCount > Path.Length)
        {
            return false;
        }

        pose.CopyTo(Path.AsSpan(PathCount * _dofCount, _dofCount));
        PathCount++;
        return true;
    }

    /// <summary>Copies every field.</summary>
    /// <param name="target">Receives them; as many joints.</param>
    internal void CopyTo(SessionOrder target)
    {
        target.Kind = Kind;
        target.Number = Number;
        Path.AsSpan(0, PathCount * _dofCount).CopyTo(target.Path);
        target.PathCount = PathCount;
        target.SpeedFraction = SpeedFraction;
        Start.AsSpan().CopyTo(target.Start);
        target.Policy = Policy;
        target.HandOver = HandOver;
    }
}
