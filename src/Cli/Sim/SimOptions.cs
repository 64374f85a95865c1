using System.CommandLine;
using HilRig.Cli.Bench;
using HilRig.Core.Errors;
using HilRig.Sim.Batch;
using HilRig.Sim.Mjcf;
using HilRig.Sim.Models;

namespace HilRig.Cli.Sim;

/// <summary>What the verbs of `hilrig sim` have in common.</summary>
internal static class SimOptions
{
    /// <summary>The model as an argument.</summary>
    public static Argument<string> ModelArgument() =>
        new("MODEL") { Description = "MJCF or URDF file of the robot." };

    /// <summary>The model as an option.</summary>
    public static Option<string> Model() =>
        new("--model") { Description = "MJCF or URDF file of the robot.", Required = true };

    /// <summary>A file to read or write.</summary>
    public static Option<string> File(string name, string description) =>
        new(name) { Description = description, Required = true };

    /// <summary>What computes.</summary>
    /// <param name="usual">Back end when none is given.</param>
    public static Option<string> Backend(string usual) => new("--backend")
    {
        Description = $"What computes: {string.Join(", ", BatchBackends.Names)}.",
        DefaultValueFactory = _ => usual,
    };

    /// <summary>How many threads step.</summary>
    public static Option<int> Threads() => BenchOptions.Ranged(
        "--threads", "Stepping threads", Environment.ProcessorCount, 1, 1024);

    /// <summary>How many envs a vector holds.</summary>
    public static Option<int> Lanes() => new("--lanes")
    {
        Description = "Envs of one vector on simd: 1, 4, 8 or 16; 0 for the widest there is.",
    };

    /// <summary>How a batch is computed.</summary>
    /// <exception cref="ModelException">There is no such back end.</exception>
    public static BatchOptions Batch(string backend, int threads, int lanes) => new()
    {
        Backend = BatchBackends.Parse(backend),
        ThreadCount = threads,
        LaneCount = lanes,
    };

    /// <summary>Loads the model, and says on standard error what was skipped on request.</summary>
    public static Model Load(string path, MjcfOptions options)
    {
        Model model = MjcfLoader.Load(path, options);
        foreach (ModelNotice notice in model.Notices
            .Where(notice => notice.Text.Contains(" skipped", StringComparison.Ordinal)))
        {
            Console.Error.WriteLine("hilrig: " + notice);
        }

        return model;
    }

    /// <summary>Opens a text file to read.</summary>
    /// <exception cref="ModelException">It cannot be read.</exception>
    public static StreamReader OpenText(string path)
    {
        try
        {
            return new StreamReader(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new ModelException("the file cannot be read", path, inner: fault);
        }
    }

    /// <summary>Writes a file whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes its text.</param>
    /// <exception cref="ModelException">It cannot be written.</exception>
    public static TResult WriteText<TResult>(string path, Func<TextWriter, TResult> write)
    {
        string partial = path + ".partial";
        try
        {
            TResult result;
            using (var writer = new StreamWriter(partial) { NewLine = "\n" })
            {
                result = write(writer);
            }

            System.IO.File.Move(partial, path, overwrite: true);
            return result;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new ModelException("the file cannot be written", path, inner: fault);
        }
        finally
        {
            // Only a failed write leaves it; Delete would fail where the folder does not exist.
            if (System.IO.File.Exists(partial))
            {
                System.IO.File.Delete(partial);
            }
        }
    }
}
