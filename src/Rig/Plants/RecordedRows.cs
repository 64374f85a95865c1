using HilRig.Core.Errors;

namespace HilRig.Rig.Plants;

/// <summary>The measured columns of a recording.</summary>
public sealed class RecordedRows
{
    /// <summary>Takes columns over; times must grow.</summary>
    /// <param name="timeNanoseconds">Device time of each row, ns. Shape [row].</param>
    /// <param name="position">Measured position, rad or m. Shape [row, dof].</param>
    /// <param name="velocity">
    /// Measured velocity, rad/s or m/s; NaN where unknown. Shape [row, dof].
    /// </param>
    public RecordedRows(long[] timeNanoseconds, double[] position, double[] velocity)
    {
        if (timeNanoseconds.Length < 2)
        {
            throw new ScenarioException(
                "A recording needs at least two rows", found: $"{timeNanoseconds.Length}");
        }

        for (int i = 1; i < timeNanoseconds.Length; i++)
        {
            if (timeNanoseconds[i] <= timeNanoseconds[i - 1])
            {
                throw new ScenarioException(
                    "The recording's times do not grow",
                    where: $"row {i}",
                    expected: $"more than {timeNanoseconds[i - 1]} ns",
                    found: $"{timeNanoseconds[i]} ns");
            }
        }

        TimeNanoseconds = timeNanoseconds;
        Position = position;
        Velocity = velocity;
    }

    /// <summary>Number of rows.</summary>
    public int Count => TimeNanoseconds.Length;

    /// <summary>Device time, ns. Shape [row].</summary>
    public long[] TimeNanoseconds { get; }

    /// <summary>Position, rad or m. Shape [row, dof].</summary>
    public double[] Position { get; }

    /// <summary>Velocity, rad/s or m/s. Shape [row, dof].</summary>
    public double[] Velocity { get; }
}
