using System.Diagnostics.CodeAnalysis;

namespace HilRig.Core.Errors;

/// <summary>Checks that only a bug can fail; always on.</summary>
public static class Invariant
{
    /// <summary>Throws when <paramref name="condition"/> does not hold.</summary>
    /// <param name="condition">What must hold.</param>
    /// <param name="message">What it means that it does not.</param>
    /// <exception cref="InvalidOperationException">
    /// The condition is false: a bug in HilRig.
    /// </exception>
    public static void Require([DoesNotReturnIf(false)] bool condition, string message)
    {
        if (!condition)
        {
            throw new InvalidOperationException("HilRig bug: " + message);
        }
    }
}
