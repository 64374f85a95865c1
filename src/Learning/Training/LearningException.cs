using HilRig.Core.Errors;

namespace HilRig.Learning.Training;

/// <summary>Learning went wrong, not the machine or a file (exit code 30).</summary>
internal sealed class LearningException : RigException
{
    /// <inheritdoc cref="RigException(string, string?, string?, string?, string?, Exception?)"/>
    public LearningException(
        string what,
        string? where = null,
        string? expected = null,
        string? found = null,
        string? remedy = null,
        Exception? inner = null)
        : base(what, where, expected, found, remedy, inner)
    {
    }
}
