using System.CommandLine;
using HilRig.Learning.Agents;
using HilRig.Learning.Benches;
using HilRig.Learning.Commands;

namespace HilRig.Learning;

/// <summary>The `hilrig-learn` program, reached as `hilrig learn …`.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        var root = new RootCommand("Learning: demonstrations to a fine-tuned policy.")
        {
            TrainingCommand.Create(LearningAlgorithm.Bc, "Imitation alone: behaviour cloning."),
            TrainingCommand.Create(LearningAlgorithm.Td3, "TD3, demonstrations in its replay."),
            TrainingCommand.Create(
                LearningAlgorithm.Ibrl, "Imitation bootstrapped reinforcement learning."),
            TrainingCommand.Create(
                LearningAlgorithm.Rlpd, "Half of each batch from the demonstrations."),
            TrainingCommand.Create(
                LearningAlgorithm.Rft, "Actor pretrained by imitation and held near it."),
            ResumeCommand.Create(),
            ExportCommand.Create(),
            Serving.ServeCommand.Create(),
            CompareCommand.Create(),
            BenchCommand.Create(),
        };
        ParseResult parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                Console.Error.WriteLine("hilrig learn: " + error.Message);
            }

            Console.Error.WriteLine("Try: hilrig learn --help");
            return ExitCode.Usage;
        }

        return Guarded.Run(() => parsed.Invoke(new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        }));
    }
}
