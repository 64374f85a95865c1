using System.Reflection;
using System.Runtime.CompilerServices;
using HilRig.Bridge.Agent;
using HilRig.Bridge.SharedMemory.RealTime;

namespace HilRig.Bridge.SharedMemory;

/// <summary>
/// Compiles in advance what an agent's loop runs of this assembly: by name, for looking through the
/// assembly would load NetMQ into the agent's process.
/// </summary>
internal static class LaneCode
{
    private static readonly Type[] Types =
    [
        typeof(AgentBridge), typeof(OwnerLease), typeof(AgentTally), typeof(AgentEnd),
        typeof(CommandReader), typeof(StateWriter), typeof(SlotGuard), typeof(LaneWake),
        typeof(Futex), typeof(LaneLayout), typeof(LanePage), typeof(LaneDesk), typeof(DeskSeat),
    ];

    /// <summary>Compiles it.</summary>
    public static void Prepare()
    {
        const BindingFlags All = BindingFlags.DeclaredOnly | BindingFlags.Instance
            | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;
        foreach (Type type in Types)
        {
            foreach (MethodInfo method in type.GetMethods(All))
            {
                if ((method.Attributes & MethodAttributes.PinvokeImpl) == 0)
                {
                    RuntimeHelpers.PrepareMethod(method.MethodHandle);
                }
            }
        }
    }
}
