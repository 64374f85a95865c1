using HilRig.Sim.Batch;
using HilRig.Sim.Mjcf;
using HilRig.Sim.Models;

namespace HilRig.Sim.Tests.Dynamics.Inlining;

/// <summary>
/// Entry of this assembly, for a process whose JIT lists what it makes of a step. Steps each model,
/// and says what computed it.
/// </summary>
internal static class StepProgram
{
    private const int StepCount = 100;

    /// <summary>Steps.</summary>
    /// <param name="arguments">
    /// Back end, then model files; "compiled" among them compiles the steps of those after it.
    /// </param>
    public static int Main(string[] arguments)
    {
        StepCompilation compilation = StepCompilation.Never;
        foreach (string path in arguments.AsSpan(1))
        {
            if (path == "compiled")
            {
                compilation = StepCompilation.Always;
                continue;
            }

            Model model = MjcfLoader.Load(path);
            var options = new BatchOptions
            {
                Backend = BatchBackends.Parse(arguments[0]),
                OnFault = FaultPolicy.Reset,
                ThreadCount = 1,
                Compilation = compilation,
                Keyframe = model.Keyframes.Count > 0 ? model.Keyframes[0].Name : null,
            };
            using var batch = new BatchSimulation(model, 1, options);
            _ = batch.Step(StepCount);
            _ = new Simulation(model).Forward();
            Console.WriteLine(batch.BackendName);
        }

        return 0;
    }
}
