using HilRig.Core.Joints;

namespace HilRig.Harness.Stimuli;

/// <summary>
/// The goal of one joint over the measured phase: its segments with their starts resolved.
/// </summary>
public sealed class JointProgram
{
    private readonly IStimulus[] _stimuli;
    private readonly double[] _startSeconds;
    private readonly double[] _startPositions;
    private readonly JointLimits _limits;
    private readonly double _initialPosition;

    /// <summary>Resolves a sequence.</summary>
    /// <param name="segments">Stimuli, in order.</param>
    /// <param name="initialPosition">Goal before the first, rad or m.</param>
    /// <param name="limits">What the joint may be commanded to do.</param>
    public JointProgram(
        IReadOnlyList<StimulusSegment> segments, double initialPosition, JointLimits limits)
    {
        _limits = limits;
        _initialPosition = initialPosition;
        _stimuli = [.. segments.Select(segment => segment.Stimulus)];
        _startSeconds = new double[segments.Count];
        _startPositions = new double[segments.Count];
        Array.Fill(_startSeconds, double.PositiveInfinity);
        double end = 0;
        for (int i = 0; i < segments.Count; i++)
        {
            double start = segments[i].AtSeconds ?? end;
            double position = Evaluate(start);
            _startSeconds[i] = start;
            _startPositions[i] = position;
            end = start + _stimuli[i].Duration(position, limits);
        }

        EndSeconds = end;
    }

    /// <summary>When the last segment ends, s.</summary>
    public double EndSeconds { get; }

    /// <summary>Goal at an instant, rad or m. Allocates nothing.</summary>
    /// <param name="elapsedSeconds">Time since the measured phase began, s.</param>
    public double Evaluate(double elapsedSeconds)
    {
        for (int i = _stimuli.Length - 1; i >= 0; i--)
        {
            if (_startSeconds[i] <= elapsedSeconds)
            {
                return _stimuli[i].Evaluate(
                    elapsedSeconds - _startSeconds[i], _startPositions[i], _limits);
            }
        }

        return _initialPosition;
    }

    /// <summary>When segment <paramref name="index"/> begins, s.</summary>
    internal double StartOf(int index) => _startSeconds[index];
}
