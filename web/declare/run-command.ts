import { assignRoleRoute, changeSeverityRoute, type Command, type IncidentView } from '#declare/contract';
import { mitigateIncidentRoute } from '#resolve/contract';
import { addBoardLineRoute, createTask } from '#respond/contract';
import { useAct } from '../data/query.ts';
import { useSession } from '../data/session.ts';
import { topicsOf } from './open-states.ts';

/** Carries out what a `/command` asks for, through the API of that part; a public update opens its composer instead. */
export function useCommandRunner(
  incident: IncidentView,
  onUpdate: (text: string | null) => void,
): (command: Command) => Promise<void> {
  const { user } = useSession();
  const options = { touches: [...topicsOf(incident.id), 'promises', 'pages'] };
  const assign = useAct(assignRoleRoute, options);
  const severity = useAct(changeSeverityRoute, options);
  const task = useAct(createTask, options);
  const board = useAct(addBoardLineRoute, options);
  const mitigate = useAct(mitigateIncidentRoute, options);
  const params = { id: incident.id };
  return async (command) => {
    switch (command.kind) {
      case 'take-role':
        return void (await assign.mutateAsync({
          params: { id: incident.id, role: command.role },
          body: { userId: user.id },
        }));
      case 'severity':
        return void (await severity.mutateAsync({
          params,
          body: { severity: command.severity, reason: command.reason },
        }));
      case 'task':
        return void (await task.mutateAsync({ params, body: { title: command.text } }));
      case 'board':
        return void (await board.mutateAsync({ params, body: { field: command.field, text: command.text } }));
      case 'mitigate':
        return void (await mitigate.mutateAsync({ params, body: command.body === null ? {} : { body: command.body } }));
      case 'update':
        return onUpdate(command.body);
      default:
        return command satisfies never;
    }
  };
}
