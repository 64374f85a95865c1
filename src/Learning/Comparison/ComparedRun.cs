using HilRig.Learning.Training;

namespace HilRig.Learning.Comparison;

/// <summary>One finished run of learning.</summary>
/// <param name="Method">Algorithm, and what of its options is not the preset's.</param>
/// <param name="Result">What it came to.</param>
/// <param name="Budget">Steps that it could make.</param>
internal sealed record ComparedRun(string Method, TrainingResult Result, long Budget)
{
    /// <summary>Name of the task.</summary>
    public string Task => Result.Task;

    /// <summary>Final starts that succeeded.</summary>
    public long FinalSuccesses => (long)Math.Round(Result.FinalSuccess * Result.FinalStarts);
}
