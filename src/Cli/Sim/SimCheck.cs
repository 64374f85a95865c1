using System.CommandLine;
using HilRig.Cli.Errors;
using HilRig.Sim.Mjcf;
using HilRig.Sim.Models;

namespace HilRig.Cli.Sim;

/// <summary>`hilrig sim check MODEL`: compiles a model and says what is in it.</summary>
internal static class SimCheck
{
    /// <summary>Makes the verb.</summary>
    public static Command Create()
    {
        Argument<string> path = SimOptions.ModelArgument();
        var command = new Command("check", "Compile a model; list what is not simulated.")
        {
            path,
        };
        var load = new LoadOptions(command);
        command.SetAction(parsed => Run(
            parsed.GetRequiredValue(path), load.Read(parsed), Console.Out));
        return command;
    }

    /// <summary>Runs the verb.</summary>
    public static int Run(string path, MjcfOptions options, TextWriter output)
    {
        Model model = SimOptions.Load(path, options);
        output.WriteLine(
            $"{model.Name}: {model.Bodies.Count - 1} bodies, {model.Joints.Count} joints, "
            + $"{model.DofCount} degrees of freedom, {model.Geoms.Count} geoms, "
            + $"{model.Actuators.Count} actuators, {model.Bodies.Sum(body => body.Mass):G6} kg");
        output.WriteLine($"time step {model.Options.TimeStep} s, {model.Options.Integrator}");
        output.WriteLine("joints: " + string.Join(", ", model.Joints.Select(Name)));
        if (model.Keyframes.Count > 0)
        {
            output.WriteLine(
                "keyframes: " + string.Join(", ", model.Keyframes.Select(key => key.Name)));
        }

        foreach (ModelNotice notice in model.Notices)
        {
            output.WriteLine("notice: " + notice);
        }

        return ExitCode.Success;
    }

    private static string Name(ModelJoint joint) =>
        joint.Name.Length > 0 ? joint.Name : joint.Type.ToString().ToLowerInvariant();
}
