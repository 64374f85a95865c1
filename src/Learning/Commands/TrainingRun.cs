using System.Globalization;
using System.Runtime.InteropServices;
using HilRig.Learning.Training;
using HilRig.Tasks;

namespace HilRig.Learning.Commands;

/// <summary>Runs a training to its end, and prints its result.</summary>
internal static class TrainingRun
{
    /// <summary>Begins or goes on.</summary>
    /// <param name="folder">The run.</param>
    /// <param name="demonstrations">Log of demonstrations; null: the script shows.</param>
    /// <param name="printsJson">Whether the result is printed as JSON.</param>
    /// <returns>The exit code.</returns>
    public static int Run(RunFolder folder, string? demonstrations, bool printsJson)
    {
        var progress = new ConsoleProgress();
        TrainingResult? result = folder.ReadResult();
        if (result is not null)
        {
            progress.Say("This run is done: " + folder.Path);
        }
        else
        {
            using var stop = new StopSignals();
            try
            {
                IRobotTask task = TaskCatalogue.Find(folder.Options.Task);
                using var trainer = new Trainer(folder, task, demonstrations, progress);
                result = trainer.Run(stop.Token);
            }
            catch (OperationCanceledException)
            {
                progress.Say("Stopped. Go on with: hilrig learn resume " + folder.Path);
                return ExitCode.Aborted;
            }
        }

        Print(result, printsJson);
        return ExitCode.Success;
    }

    private static void Print(TrainingResult result, bool asJson)
    {
        if (asJson)
        {
            Console.Out.WriteLine(RunFolder.Text(result));
            return;
        }

        Console.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{result.Algorithm} {result.Task} seed {result.Seed}: ")
            + string.Create(
                CultureInfo.InvariantCulture,
                $"success {result.FinalSuccess:P1} of {result.FinalStarts} starts ")
            + string.Create(
                CultureInfo.InvariantCulture,
                $"({result.FinalInterval[0]:P1} to {result.FinalInterval[1]:P1}), ")
            + string.Create(
                CultureInfo.InvariantCulture,
                $"imitation {result.ImitationSuccess?.ToString("P1", null) ?? "-"}; ")
            + string.Create(
                CultureInfo.InvariantCulture,
                $"{result.Steps} steps, {result.CpuSeconds:0} s of processor. {result.Run}"));
    }

    /// <summary>Ctrl-C and SIGTERM end the run before its next step.</summary>
    private sealed class StopSignals : IDisposable
    {
        private readonly CancellationTokenSource _source = new();
        private readonly PosixSignalRegistration[] _registrations;

        public StopSignals() => _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop),
        ];

        public CancellationToken Token => _source.Token;

        public void Dispose()
        {
            foreach (PosixSignalRegistration registration in _registrations)
            {
                registration.Dispose();
            }

            _source.Dispose();
        }

        private void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            _source.Cancel();
        }
    }
}
