using HilRig.Core.Errors;
using HilRig.Sim.Dynamics;
using HilRig.Sim.Models;

namespace HilRig.Sim.Batch;

/// <summary>State and inputs that an env begins with.</summary>
internal static class InitialRow
{
    /// <summary>The row of a keyframe, or of the reference position at rest.</summary>
    /// <exception cref="ModelException">The model has no such keyframe.</exception>
    public static double[] Of(Model model, Layout layout, ResidentSlots slots, string? keyframe)
    {
        double[] row = new double[slots.Count];
        ModelKeyframe? key = keyframe is null ? null : model.FindKeyframe(keyframe)
            ?? throw new ModelException(
                "there is no such keyframe",
                model.Name,
                string.Join(", ", model.Keyframes.Select(known => known.Name)),
                keyframe);
        Put(row, slots, layout.Position, key?.Position ?? model.ReferencePosition);
        if (key is not null)
        {
            Put(row, slots, layout.Velocity, key.Velocity);
            Put(row, slots, layout.Activation, key.Activation);
            Put(row, slots, layout.Control, key.Control);
        }

        return row;
    }

    private static void Put(
        double[] row, ResidentSlots slots, int slot, IReadOnlyList<double> values)
    {
        for (int k = 0; k < values.Count; k++)
        {
            row[slots.RowOf(slot + k)] = values[k];
        }
    }
}
